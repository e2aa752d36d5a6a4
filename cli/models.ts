import type { Checkpoint, RecurrentModel, SeedOption } from "../bindings/index.js";
import {
  AdaptiveComputationTime,
  ArithmeticProgrammer,
  NeuralProgrammer,
  NeuralTuringMachine,
  RecurrentNetwork,
} from "../bindings/models/index.js";
import type { Tree } from "../bindings/graph/tree.js";
import type { Flag } from "./flags.js";
import { number, whole } from "./numbers.js";

/** Any model that trains, whatever it measures itself by. */
export type AnyModel = RecurrentModel<Tree, string>;

/** What a file holds. */
export type Saved = Checkpoint<AnyModel>;

interface Sizes extends SeedOption {
  inputSize: number;
  outputSize: number;
}

interface ModelEntry {
  readonly flags: readonly Flag[];
  readonly create: (options: Sizes & Readonly<Record<string, unknown>>) => AnyModel;
  /** Whether a saved model is what this makes. */
  readonly isMade: (model: AnyModel) => boolean;
}

const hidden: Flag = {
  flag: "--hidden <n>",
  option: "hiddenSize",
  help: "units of a layer, or of the controller (default: 128; ntm: 100; programmers: 64)",
  parse: whole(1),
};
const entropyBonus: Flag = {
  flag: "--entropy-bonus <x>",
  option: "entropyBonus",
  help: "what a nat of entropy of a choice is worth while it learns",
  parse: number({ orZero: true }),
};
const layers: Flag = { flag: "--layers <n>", option: "layers", help: "layers (default: 1)", parse: whole(1) };

/** A network with nothing but its hidden state: the control for all that have more. */
const network = (cell: "lstm" | "gru" | "rnn"): ModelEntry => ({
  flags: [hidden, layers],
  create: (options) => new RecurrentNetwork({ ...options, cell }),
  isMade: (model) => model instanceof RecurrentNetwork && model.options.cell === cell,
});

/** Every model by the name it has on the command line. */
export const models = {
  ntm: {
    flags: [
      hidden,
      {
        flag: "--controller <kind>",
        option: "controller",
        help: 'default: "lstm"',
        choices: ["lstm", "feedforward"],
      },
      { flag: "--slots <n>", option: "slots", help: "memory rows (default: 128)", parse: whole(1) },
      { flag: "--width <n>", option: "width", help: "numbers in a memory row (default: 20)", parse: whole(1) },
      { flag: "--read-heads <n>", option: "readHeads", help: "default: 1", parse: whole(1) },
      { flag: "--write-heads <n>", option: "writeHeads", help: "default: 1", parse: whole(1) },
    ],
    create: (options) => new NeuralTuringMachine(options),
    isMade: (model) => model instanceof NeuralTuringMachine,
  },
  lstm: network("lstm"),
  gru: network("gru"),
  rnn: network("rnn"),
  act: {
    flags: [
      hidden,
      { flag: "--cell <kind>", option: "cell", help: "what ponders", choices: ["rnn", "gru", "lstm", "ntm"] },
      {
        flag: "--time-penalty <x>",
        option: "timePenalty",
        help: "τ, the price of a ponder step",
        parse: number({ orZero: true }),
      },
      { flag: "--limit <n>", option: "limit", help: "most ponder steps for an input", parse: whole(1) },
      {
        flag: "--halting-bias <x>",
        option: "haltingBias",
        help: "of the halting unit at first: 1 is two steps",
        parse: Number,
      },
    ],
    create: (options) => new AdaptiveComputationTime(options),
    isMade: (model) => model instanceof AdaptiveComputationTime,
  },
  programmer: {
    flags: [
      hidden,
      entropyBonus,
      { flag: "--reach <n>", option: "reach", help: "results back that a line may use", parse: whole(1) },
    ],
    create: ({ outputSize: _, ...options }) => new ArithmeticProgrammer(options),
    isMade: (model) => model instanceof ArithmeticProgrammer,
  },
  "table-programmer": {
    flags: [
      hidden,
      entropyBonus,
      {
        flag: "--initial-range <x>",
        option: "initialRange",
        help: "bound of the first parameters (default: 0.1)",
        parse: number(),
      },
    ],
    create: (options) => new NeuralProgrammer(options),
    isMade: (model) => model instanceof NeuralProgrammer,
  },
} satisfies Readonly<Record<string, ModelEntry>>;

export type ModelName = keyof typeof models;

/** The same, for a name from outside. */
export const modelEntries: Readonly<Record<string, ModelEntry>> = models;
