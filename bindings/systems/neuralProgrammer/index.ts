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
export { askTable, type TableReply } from "./reader/askTable.js";
export { decimalMarks, type DecimalMark } from "./reader/cells.js";
export type { Comparing, Condition, Holding } from "./reader/conditions.js";
export type { Decimal } from "./reader/decimal.js";
export { QuestionError } from "./reader/questionError.js";
export {
  questionTable,
  type QuestionColumn,
  type QuestionTable,
  type QuestionTableOptions,
  type WrittenTable,
} from "./reader/questionTable.js";
export { readQuestion, type Reading, type ReadingOptions, type Target } from "./reader/reading.js";
