/** All tasks, for `import … from "tapehead/tasks"`. */
export { associativeRecallTask, type AssociativeRecallTaskOptions } from "./associativeRecall.js";
export { copyTask, type CopyTaskOptions } from "./copy.js";
export { dynamicNgramsTask, type DynamicNgramsTaskOptions } from "./dynamicNgrams.js";
export { prioritySortTask, type PrioritySortTaskOptions } from "./prioritySort.js";
export { repeatCopyTask, type RepeatCopyTaskOptions } from "./repeatCopy.js";
