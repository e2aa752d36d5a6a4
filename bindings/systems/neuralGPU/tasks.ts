/** The tasks of Neural GPUs, as tapehead/tasks exports them. */
export { binaryAdditionTask, type BinaryAdditionTaskOptions } from "./binaryAddition.js";
export { rearrangementTask, type RearrangementTaskOptions } from "./rearrangement.js";
export type { SymbolMetric, SymbolTask } from "./symbolTask.js";
