import type { TaskView } from "./view.js";

export const proving = {
  task: "proving",
  lines: {
    beam: 1,
    sources: (line) => (line.trim() ? [line.trim()] : []),
    symbols: (line) => line.split(/\s+/),
    say: (symbols) => symbols.join(" "),
  },
} satisfies TaskView;
