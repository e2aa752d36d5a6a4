/** The task of Neural Random-Access Machines, as tapehead/tasks exports it. */
export {
  ramTask,
  drawMemories,
  type DrawMemoriesOptions,
  type MemoryMetric,
  type RamTask,
  type RamTaskOptions,
} from "./ramTask.js";
export { exampleOf as memoryExampleOf, leastCells, type MemoryExample, type RamAlgorithm } from "./algorithms.js";
