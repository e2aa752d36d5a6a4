/** The task of the Neural Programmer over tables of text, as tapehead/tasks exports it. */
export { fillTableQuestions, tableQuestionLayout, type AnsweredText, type CellAnswer } from "./fillTableQuestions.js";
export {
  questionSymbols,
  tableQuestionsTask,
  type TableQuestion,
  type TableQuestionsTask,
  type TableQuestionsTaskOptions,
} from "./tableQuestionsTask.js";
export type { ReadTable, TextTable } from "./textTable.js";
