import { SequenceModel, type Checkpoint, type Model, type SeedOption } from "../bindings/core.js";
import {
  AdaptiveComputationTime,
  ArithmeticProgrammer,
  AttentionSeq2Seq,
  NeuralProgrammer,
  NeuralTuringMachine,
  PointerNetwork,
  RecurrentNetwork,
  TableProgrammer,
  type AttentionSeq2SeqOptions,
  type PointerNetworkOptions,
  type TableProgrammerOptions,
} from "../bindings/models.js";
import type { Flag } from "./flags.js";
import { number, whole } from "./numbers.js";

/** Any model that trains, whatever it measures itself by. */
export type AnyModel = Model<string>;

/** One that answers at every step. */
export type StepModel = SequenceModel<string>;

export const isStepModel = (model: unknown): model is StepModel => model instanceof SequenceModel;

/** What a file holds. */
export type Saved = Checkpoint<AnyModel>;

interface Sizes extends SeedOption {
  inputSize: number;
  outputSize: number;
}

type Vocabularies = Pick<AttentionSeq2SeqOptions, "sourceSymbols" | "targetSymbols">;

interface ModelEntry {
  readonly flags: readonly Flag[];
  /** Options of the model that its task decides, by the names both have for them. */
  readonly fitting: readonly string[];
  readonly create: (options: never) => AnyModel;
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
const dropout: Flag = {
  flag: "--dropout <x>",
  option: "dropout",
  help: "the part that training drops (default: 0; question-programmer: 0.2)",
  parse: number({ orZero: true }),
};
const layers: Flag = { flag: "--layers <n>", option: "layers", help: "layers (default: 1)", parse: whole(1) };

/** What a task of steps decides. */
const sizes = ["inputSize", "outputSize"];

/** A network with nothing but its hidden state: the control for all that have more. */
const network = (cell: "lstm" | "gru" | "rnn"): ModelEntry => ({
  flags: [hidden, layers],
  fitting: sizes,
  create: (options: Sizes) => new RecurrentNetwork({ ...options, cell }),
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
    fitting: sizes,
    create: (options: Sizes) => new NeuralTuringMachine(options),
    isMade: (model) => model instanceof NeuralTuringMachine,
  },
  lstm: network("lstm"),
  gru: network("gru"),
  rnn: network("rnn"),
  act: {
    flags: [
      hidden,
      {
        flag: "--cell <kind>",
        option: "cell",
        help: "what ponders, or encodes and decodes",
        choices: ["rnn", "gru", "lstm", "ntm"],
      },
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
    fitting: sizes,
    create: (options: Sizes) => new AdaptiveComputationTime(options),
    isMade: (model) => model instanceof AdaptiveComputationTime,
  },
  seq2seq: {
    flags: [
      hidden,
      {
        flag: "--cell <kind>",
        option: "cell",
        help: "what ponders, or encodes and decodes",
        choices: ["rnn", "gru", "lstm", "ntm"],
      },
      {
        flag: "--embedding <n>",
        option: "embeddingSize",
        help: "numbers that stand for a symbol (default: 64)",
        parse: whole(1),
      },
      { flag: "--encoder-layers <n>", option: "encoderLayers", help: "default: 1", parse: whole(1) },
      { flag: "--decoder-layers <n>", option: "decoderLayers", help: "default: 1", parse: whole(1) },
      {
        flag: "--attention <score>",
        option: "attention",
        help: 'how attention scores (default: "additive")',
        choices: ["additive", "dot", "scaledDot", "general", "none"],
      },
      {
        flag: "--attention-size <n>",
        option: "attentionSize",
        help: "units of additive attention (default: 64)",
        parse: whole(1),
      },
      dropout,
      {
        flag: "--sampling <x>",
        option: "sampling",
        help: "how likely training feeds the model what it would have said (default: 0)",
        parse: number({ orZero: true }),
      },
    ],
    fitting: ["sourceSymbols", "targetSymbols"],
    create: (options: Vocabularies) => new AttentionSeq2Seq(options),
    isMade: (model) => model instanceof AttentionSeq2Seq,
  },
  pointer: {
    flags: [
      hidden,
      {
        flag: "--embedding <n>",
        option: "embeddingSize",
        help: "numbers that stand for a vector (default: 64)",
        parse: whole(1),
      },
      {
        flag: "--attention-size <n>",
        option: "attentionSize",
        help: "units of additive attention (default: 128)",
        parse: whole(1),
      },
      {
        flag: "--glimpses <n>",
        option: "glimpses",
        help: "reads of all vectors before it points at one",
        parse: number({ orZero: true }),
      },
      { flag: "--forbid-repeats", option: "forbidRepeats", help: "point at each vector once only" },
    ],
    fitting: ["inputSize", "ends"],
    create: (options: Pick<PointerNetworkOptions, "inputSize" | "ends">) => new PointerNetwork(options),
    isMade: (model) => model instanceof PointerNetwork,
  },
  programmer: {
    flags: [
      hidden,
      entropyBonus,
      { flag: "--reach <n>", option: "reach", help: "results back that a line may use", parse: whole(1) },
    ],
    fitting: ["inputSize"],
    create: (options: Pick<Sizes, "inputSize">) => new ArithmeticProgrammer(options),
    isMade: (model) => model instanceof ArithmeticProgrammer,
  },
  "table-programmer": {
    flags: [
      hidden,
      entropyBonus,
      {
        flag: "--operation-dropout <x>",
        option: "operationDropout",
        help: "how likely training takes an operation away from a step (default: 0)",
        parse: number({ orZero: true }),
      },
      {
        flag: "--initial-range <x>",
        option: "initialRange",
        help: "bound of the first parameters (default: 0.1)",
        parse: number(),
      },
      {
        flag: "--joining <how>",
        option: "joining",
        help: "what two selections of rows have in common while it learns (default: product)",
        choices: ["product", "minimum"],
      },
    ],
    fitting: sizes,
    create: (options: Sizes) => new NeuralProgrammer(options),
    isMade: (model) => model instanceof NeuralProgrammer,
  },
  "question-programmer": {
    flags: [
      hidden,
      dropout,
      { flag: "--program-steps <n>", option: "steps", help: "of a program (default: 4)", parse: whole(1) },
      {
        flag: "--recurrent-dropout <x>",
        option: "recurrentDropout",
        help: "the part of the LSTM's state that training drops (default: 0.1)",
        parse: number({ orZero: true }),
      },
      {
        flag: "--word-dropout <x>",
        option: "wordDropout",
        help: "how likely training makes a word the unknown one (default: 0.1)",
        parse: number({ orZero: true }),
      },
    ],
    fitting: ["symbols", "columns"],
    create: (options: Pick<TableProgrammerOptions, "symbols" | "columns">) => new TableProgrammer(options),
    isMade: (model) => model instanceof TableProgrammer,
  },
} satisfies Readonly<Record<string, ModelEntry>>;

export type ModelName = keyof typeof models;

/** The same, for a name from outside. */
export const modelEntries: Readonly<Record<string, ModelEntry>> = models;
