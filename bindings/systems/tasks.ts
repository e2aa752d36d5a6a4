/** All tasks, for `import … from "tapehead/tasks"`. */
export { convexHull, isSimple, signedArea } from "./pointerNetwork/geometry/convexHull.js";
export type { Point } from "./pointerNetwork/geometry/points.js";
export { nearestNeighbourTour, shortestTour, tourLength, twoOptTour } from "./pointerNetwork/geometry/tours.js";
export { additionTask, type AdditionTaskOptions } from "../tasks/addition.js";
export { arithmeticTask, type ArithmeticTaskOptions } from "./arithmeticProgrammer/arithmeticTask.js";
export { associativeRecallTask, type AssociativeRecallTaskOptions } from "../tasks/associativeRecall.js";
export { errorRates, type ErrorRates } from "../metrics/errorRates.js";
export { editDistance } from "../metrics/editDistance.js";
export { convexHullTask, type ConvexHullTaskOptions } from "./pointerNetwork/convexHullTask.js";
export { copyTask, type CopyTaskOptions } from "../tasks/copy.js";
export { datesTask, isoOf, type CalendarDate, type DatesTaskOptions } from "./attentionSeq2Seq/dates.js";
export { dynamicNgramsTask, type DynamicNgramsTaskOptions } from "../tasks/dynamicNgrams.js";
export { logicTask, type LogicTaskOptions } from "../tasks/logic.js";
export { fillPairs, pairLayout } from "../tasks/fillPairs.js";
export {
  pairsTask,
  type Pair,
  type PairMetric,
  type PairTask,
  type PairsTaskOptions,
  type PairsTaskRecord,
} from "../tasks/pairs.js";
export { parityTask, type ParityTaskOptions } from "../tasks/parity.js";
export { fillPointers, pointerLayout, type PointerExample } from "./pointerNetwork/fillPointers.js";
export {
  exactScore,
  hullScore,
  tourScore,
  type HullScore,
  type Places,
  type TourScore,
} from "./pointerNetwork/pointerScores.js";
export { pointerSortTask, type PointerSortTaskOptions } from "./pointerNetwork/pointerSortTask.js";
export {
  drawExamples,
  type DrawExamplesOptions,
  type PointerEnd,
  type PointerTask,
} from "./pointerNetwork/pointerTask.js";
export { prioritySortTask, type PrioritySortTaskOptions } from "../tasks/prioritySort.js";
export { repeatCopyTask, type RepeatCopyTaskOptions } from "../tasks/repeatCopy.js";
export { sortTask, type SortTaskOptions } from "../tasks/sort.js";
export { tableTask, type TableTaskOptions } from "./neuralProgrammer/tableTask.js";
export { isSameDenotation } from "../metrics/denotation.js";
export type { TextTable } from "./tableProgrammer/textTable.js";
export { fillTableQuestions, tableQuestionLayout } from "./tableProgrammer/fillTableQuestions.js";
export {
  questionSymbols,
  tableQuestionsTask,
  type TableQuestion,
  type TableQuestionsTask,
  type TableQuestionsTaskOptions,
} from "./tableProgrammer/tableQuestionsTask.js";
export { textTask, type TextTaskOptions, type TextTaskRecord } from "../tasks/text.js";
export { tspTask, type TspTaskOptions } from "./pointerNetwork/tspTask.js";
