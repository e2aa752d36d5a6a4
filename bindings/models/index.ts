/** All models, for `import … from "tapehead/models"`. */
import { NeuralTuringMachine } from "./neuralTuringMachine.js";

export { NeuralTuringMachine, type NeuralTuringMachineOptions } from "./neuralTuringMachine.js";

/** Every class of models, for `load(bytes, { models })`. */
export const models = [NeuralTuringMachine] as const;
