/** All models, for `import … from "tapehead/models"`. */
import { AdaptiveComputationTime } from "./adaptiveComputationTime/adaptiveComputationTime.js";
import { AttentionSeq2Seq } from "./attentionSeq2Seq/attentionSeq2Seq.js";
import { ArithmeticProgrammer } from "./arithmeticProgrammer/arithmeticProgrammer.js";
import { NeuralProgrammer } from "./neuralProgrammer/neuralProgrammer.js";
import { NeuralTuringMachine } from "./neuralTuringMachine/neuralTuringMachine.js";
import { PointerNetwork } from "./pointerNetwork/pointerNetwork.js";
import { RecurrentNetwork } from "./recurrentNetwork/recurrentNetwork.js";
import { TableProgrammer } from "./tableProgrammer/tableProgrammer.js";

export {
  AdaptiveComputationTime,
  type AdaptiveComputationTimeOptions,
} from "./adaptiveComputationTime/adaptiveComputationTime.js";
export { AttentionSeq2Seq, type AttentionSeq2SeqOptions } from "./attentionSeq2Seq/attentionSeq2Seq.js";
export {
  ArithmeticProgrammer,
  operations as arithmeticOperations,
  type ArithmeticProgram,
  type ArithmeticProgrammerOptions,
  type ProgramLine,
  type ProgramValue,
} from "./arithmeticProgrammer/arithmeticProgrammer.js";
export {
  NeuralProgrammer,
  type NeuralProgrammerOptions,
  type TableLine,
  type TableProgram,
} from "./neuralProgrammer/neuralProgrammer.js";
export type { Beam, Transduced, TransduceOptions } from "./attentionSeq2Seq/transducer.js";
export { NeuralTuringMachine, type NeuralTuringMachineOptions } from "./neuralTuringMachine/neuralTuringMachine.js";
export { PointerNetwork, type PointerNetworkOptions } from "./pointerNetwork/pointerNetwork.js";
export type { Pointed, PointedBeam, PointOptions } from "./pointerNetwork/pointerRunner.js";
export { RecurrentNetwork, type RecurrentNetworkOptions } from "./recurrentNetwork/recurrentNetwork.js";
export { TableProgrammer, type TableProgrammerOptions } from "./tableProgrammer/tableProgrammer.js";
export type { AskedQuestion, RowLine, TableAnswer } from "./tableProgrammer/tableRunner.js";

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

export { textWords as tableWords } from "./neuralProgrammer/layout.js";
export { numericOperations, tableOperations, type TableOperation } from "./neuralProgrammer/machine.js";
export type { ChosenLine, ChosenProgram, LineChoices } from "../layers/tablePrograms.js";
export { rowOperations, type RowOperation } from "./tableProgrammer/rowMachine.js";
export type { ColumnName, Literal, QuestionToken, TableRow } from "./neuralProgrammer/question.js";
