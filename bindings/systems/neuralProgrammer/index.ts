/** The Neural Programmer over tables of numbers, as tapehead/models exports it. */
export { extendedWords, textWords as tableWords, type TableLayout, type Word as TableWord } from "./layout.js";
export { extendedOperations, numericOperations, tableOperations, type TableOperation } from "./machine.js";
export type { ChosenLine, ChosenProgram, LineChoices } from "../../layers/tablePrograms.js";
export {
  NeuralProgrammer,
  type NeuralProgrammerOptions,
  type TableLine,
  type TableProgram,
} from "./neuralProgrammer.js";
export type { ColumnName, Literal, QuestionToken, TableRow } from "./question.js";
