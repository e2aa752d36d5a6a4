/**
 * `tapehead/questions`: questions in English about tables of cells as they are written, for a NeuralProgrammer of
 * tapehead/models: the reader, its error, and the exact answer; and about stories, for an EndToEndMemoryNetwork. It works
 * wherever strings do.
 */
export { askTable, type TableReply } from "./systems/neuralProgrammer/reader/askTable.js";
export { decimalMarks, type DecimalMark } from "./systems/neuralProgrammer/reader/cells.js";
export type { Comparing, Condition, Holding } from "./systems/neuralProgrammer/reader/conditions.js";
export type { Decimal } from "./systems/neuralProgrammer/reader/decimal.js";
export type { Aggregate, Relation } from "./systems/neuralProgrammer/reader/vocabulary.js";
export { QuestionError } from "./systems/neuralProgrammer/reader/questionError.js";
export {
  questionTable,
  type QuestionColumn,
  type QuestionTable,
  type QuestionTableOptions,
  type WrittenTable,
} from "./systems/neuralProgrammer/reader/questionTable.js";
export type { Target } from "./systems/neuralProgrammer/reader/asked.js";
export { readQuestion, type Reading, type ReadingOptions } from "./systems/neuralProgrammer/reader/reading.js";
export {
  askStory,
  type StoryModel,
  type StoryOptions,
  type StoryReply,
} from "./systems/endToEndMemoryNetwork/reader/askStory.js";
export { storyCalibrationIn, type StoryCalibration } from "./systems/endToEndMemoryNetwork/reader/storyCalibration.js";
export type { StoryReader } from "./systems/endToEndMemoryNetwork/reader/readStory.js";
export { StoryError } from "./systems/endToEndMemoryNetwork/reader/storyError.js";
