/** All models, for `import … from "tapehead/models"`. */
import { AdaptiveComputationTime } from "./adaptiveComputationTime.js";
import { AttentionSeq2Seq } from "./attentionSeq2Seq.js";
import { ArithmeticProgrammer } from "./arithmeticProgrammer.js";
import { NeuralProgrammer } from "./neuralProgrammer.js";
import { NeuralTuringMachine } from "./neuralTuringMachine.js";
import { PointerNetwork } from "./pointerNetwork.js";
import { RecurrentNetwork } from "./recurrentNetwork.js";
import { TableProgrammer } from "./tableProgrammer.js";

export { AdaptiveComputationTime, type AdaptiveComputationTimeOptions } from "./adaptiveComputationTime.js";
export { AttentionSeq2Seq, type AttentionSeq2SeqOptions } from "./attentionSeq2Seq.js";
export {
  ArithmeticProgrammer,
  operations as arithmeticOperations,
  type ArithmeticProgram,
  type ArithmeticProgrammerOptions,
  type ProgramLine,
  type ProgramValue,
} from "./arithmeticProgrammer.js";
export {
  NeuralProgrammer,
  type NeuralProgrammerOptions,
  type TableLine,
  type TableProgram,
} from "./neuralProgrammer.js";
export type { Beam, Transduced, TransduceOptions } from "../running/transducer.js";
export { NeuralTuringMachine, type NeuralTuringMachineOptions } from "./neuralTuringMachine.js";
export { PointerNetwork, type PointerNetworkOptions } from "./pointerNetwork.js";
export type { Pointed, PointedBeam, PointOptions } from "../running/pointerRunner.js";
export { RecurrentNetwork, type RecurrentNetworkOptions } from "./recurrentNetwork.js";
export { TableProgrammer, type TableProgrammerOptions } from "./tableProgrammer.js";
export type { AskedQuestion, RowLine, TableAnswer } from "../running/tableRunner.js";

/** Every class of models, for `load(bytes, { models })`. */
export const models = [
  NeuralTuringMachine,
  RecurrentNetwork,
  AdaptiveComputationTime,
  AttentionSeq2Seq,
  PointerNetwork,
  ArithmeticProgrammer,
  NeuralProgrammer,
  TableProgrammer,
] as const;

export { textWords as tableWords } from "../tables/layout.js";
export { numericOperations, tableOperations, type LineChoices, type TableOperation } from "../tables/machine.js";
export { rowOperations, type RowOperation } from "../tables/rowMachine.js";
export type { ColumnName, Literal, QuestionToken, TableRow } from "../tables/question.js";
