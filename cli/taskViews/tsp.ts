import type { TaskView } from "./view.js";

export const tsp = { task: "tsp", isTour: true } satisfies TaskView;
