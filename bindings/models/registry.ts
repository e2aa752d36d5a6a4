import { NeuralTuringMachine } from "./neuralTuringMachine.js";

/** Every model that a file can hold, by the name it has there. */
export const models = { NeuralTuringMachine };

/** Any model that a file can hold. */
export type AnyModel = InstanceType<(typeof models)[keyof typeof models]>;
