import { taskViewList } from "./taskViews/index.js";
import type { TaskView, Transducer } from "./taskViews/view.js";

const views: ReadonlyMap<string, TaskView> = new Map(taskViewList.map((view) => [view.task, view]));

/** How a task's sequences are given and shown, where it has a way of its own. */
export const viewOf = (task: string | undefined): TaskView | undefined =>
  task === undefined ? undefined : views.get(task);

/** Every command that turns texts into others, and the task that it is for. */
export const transducers: readonly (Transducer & { readonly task: string })[] = taskViewList.flatMap(
  ({ task, transducer }) => (transducer ? [{ ...transducer, task }] : []),
);
