/** The Neural Turing Machine, as tapehead/models exports it. */
export { NeuralTuringMachine, type NeuralTuringMachineOptions } from "./neuralTuringMachine.js";
