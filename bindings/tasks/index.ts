/** All tasks, for `import … from "tapehead/tasks"`. */
export { copyTask, type CopyTaskOptions } from "./copy.js";
