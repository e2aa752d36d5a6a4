import type { TaskView } from "./view.js";

export const table = {
  task: "table",
  /** Targets of a table are no outputs: a number, or cells, and what they count. */
  exampleOf(_, draw) {
    const { targets: _targets, mask: _mask, ...example } = draw();
    return { ...example, areNumbers: true };
  },
} satisfies TaskView;
