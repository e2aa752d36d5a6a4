import { NeuralTuringMachine, type NeuralTuringMachineOptions, type RecurrentModel } from "../bindings/index.js";
import { given } from "./numbers.js";

export interface ModelFlags {
  controller?: "lstm" | "feedforward";
  hidden?: number;
  slots?: number;
  width?: number;
  readHeads?: number;
  writeHeads?: number;
  seed?: number;
}

interface Sizes {
  inputSize: number;
  outputSize: number;
}

interface ModelEntry {
  readonly Class: abstract new (...options: never[]) => RecurrentModel;
  /** From the options in a checkpoint, if there is one, and what the command line says over them. */
  create(flags: ModelFlags, sizes: Sizes, saved?: object): RecurrentModel;
}

/** Every model by the name it has on the command line. */
export const models: Readonly<Record<string, ModelEntry>> = {
  ntm: {
    Class: NeuralTuringMachine,
    create(
      { hidden: hiddenSize, controller, slots, width, readHeads, writeHeads, seed },
      { inputSize, outputSize },
      saved = {},
    ) {
      const flags = given({ controller, hiddenSize, slots, width, readHeads, writeHeads, seed });
      return new NeuralTuringMachine({ ...saved, inputSize, outputSize, ...flags } as NeuralTuringMachineOptions);
    },
  },
};
