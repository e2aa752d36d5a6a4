/** All tasks, for `import … from "tapehead/tasks"`. */
export { additionTask, type AdditionTaskOptions } from "./addition.js";
export { arithmeticTask, type ArithmeticTaskOptions } from "./arithmetic.js";
export { associativeRecallTask, type AssociativeRecallTaskOptions } from "./associativeRecall.js";
export { copyTask, type CopyTaskOptions } from "./copy.js";
export { dynamicNgramsTask, type DynamicNgramsTaskOptions } from "./dynamicNgrams.js";
export { logicTask, type LogicTaskOptions } from "./logic.js";
export { parityTask, type ParityTaskOptions } from "./parity.js";
export { prioritySortTask, type PrioritySortTaskOptions } from "./prioritySort.js";
export { repeatCopyTask, type RepeatCopyTaskOptions } from "./repeatCopy.js";
export { sortTask, type SortTaskOptions } from "./sort.js";
export { tableTask, type TableTaskOptions } from "./table.js";
export { textTask, type TextTaskOptions, type TextTaskRecord } from "./text.js";
