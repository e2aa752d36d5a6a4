/** The Neural Random-Access Machine, as tapehead/models exports it. */
export {
  NeuralRandomAccessMachine,
  type CircuitController,
  type MachineState,
  type NeuralRandomAccessMachineOptions,
} from "./neuralRandomAccessMachine.js";
export type { MachineResult, MachineRunOptions, MachineStep } from "./machineRunner.js";
export type { Circuit, CircuitModule } from "./integerMachine.js";
export { machineModules, type CircuitLayout, type MachineModule } from "./modules.js";
export { circuitText } from "./circuitText.js";
export { machinePage, type MachineDrawing, type MachinePageOptions } from "./machinePage.js";
