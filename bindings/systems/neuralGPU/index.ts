/** The Neural GPU, as tapehead/models exports it. */
export type { Bits } from "./binaryAddition.js";
export { adaMax, type AdaMaxOptions } from "./adaMax.js";
export { addBinary, parseBinarySum, type BinaryAnswer, type BinarySum } from "./additionText.js";
export { NeuralGPU, type NeuralGPUOptions } from "./neuralGPU.js";
export { additionPage, type StatePageOptions } from "./statePage.js";
export type { SymbolRun, SymbolRunOptions, SymbolStep } from "./symbolRunner.js";
