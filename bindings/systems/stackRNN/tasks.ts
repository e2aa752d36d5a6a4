/** The tasks of stack-augmented RNNs, as tapehead/tasks exports them. */
export { binarySumsTask, type BinarySumsTaskOptions } from "./binarySums.js";
export { countingTask, type CountingTaskOptions, type CountingLanguage } from "./counting.js";
export { memorizationTask, type MemorizationTaskOptions } from "./memorization.js";
export type { StringMetric, StringTask } from "./stringTask.js";
