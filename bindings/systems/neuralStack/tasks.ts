/** The task of neural stacks, queues and deques, as tapehead/tasks exports it. */
export type { Transduction } from "./mappings.js";
export {
  transductionTask,
  type TransductionMetric,
  type TransductionTask,
  type TransductionTaskOptions,
} from "./transductionTask.js";
