/** Models. The default entry has NeuralTuringMachine alone; `tapehead/models` has them all. */
export { AdaptiveComputationTime, type AdaptiveComputationTimeOptions } from "./adaptiveComputationTime.js";
export { NeuralTuringMachine, type NeuralTuringMachineOptions } from "./neuralTuringMachine.js";
export { RecurrentNetwork, type RecurrentNetworkOptions } from "./recurrentNetwork.js";
