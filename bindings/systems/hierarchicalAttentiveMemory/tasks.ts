/** The tasks of Hierarchical Attentive Memories, as tapehead/tasks exports them. */
export { treeTask, type TreeTask, type TreeTaskOptions } from "./treeTask.js";
export type { TreeProblem } from "./treeProblems.js";
