/** All tasks, for `import … from "tapehead/tasks"`. */
export { convexHull, isSimple, signedArea } from "../geometry/convexHull.js";
export type { Point } from "../geometry/points.js";
export { nearestNeighbourTour, shortestTour, tourLength, twoOptTour } from "../geometry/tours.js";
export { additionTask, type AdditionTaskOptions } from "./addition.js";
export { arithmeticTask, type ArithmeticTaskOptions } from "./arithmetic.js";
export { associativeRecallTask, type AssociativeRecallTaskOptions } from "./associativeRecall.js";
export { errorRates, type ErrorRates } from "../metrics/errorRates.js";
export { editDistance } from "../metrics/editDistance.js";
export { convexHullTask, type ConvexHullTaskOptions } from "./convexHull.js";
export { copyTask, type CopyTaskOptions } from "./copy.js";
export { datesTask, isoOf, type CalendarDate, type DatesTaskOptions } from "./dates.js";
export { dynamicNgramsTask, type DynamicNgramsTaskOptions } from "./dynamicNgrams.js";
export { logicTask, type LogicTaskOptions } from "./logic.js";
export { PairBatch } from "./pairBatch.js";
export {
  pairsTask,
  type Pair,
  type PairMeasure,
  type PairTask,
  type PairsTaskOptions,
  type PairsTaskRecord,
} from "./pairs.js";
export { parityTask, type ParityTaskOptions } from "./parity.js";
export { PointerBatch, type PointerExample } from "./pointerBatch.js";
export { exactScore, hullScore, tourScore, type HullScore, type Places, type TourScore } from "./pointerScores.js";
export { pointerSortTask, type PointerSortTaskOptions } from "./pointerSort.js";
export { drawExamples, type DrawExamplesOptions, type PointerEnd, type PointerTask } from "./pointers.js";
export { prioritySortTask, type PrioritySortTaskOptions } from "./prioritySort.js";
export { repeatCopyTask, type RepeatCopyTaskOptions } from "./repeatCopy.js";
export { sortTask, type SortTaskOptions } from "./sort.js";
export { tableTask, type TableTaskOptions } from "./table.js";
export { isSameDenotation } from "../metrics/denotation.js";
export type { TextTable } from "../tables/textTable.js";
export { TableQuestionBatch } from "./tableQuestionBatch.js";
export {
  questionSymbols,
  tableQuestionsTask,
  type TableQuestion,
  type TableQuestionsTask,
  type TableQuestionsTaskOptions,
} from "./tableQuestions.js";
export { textTask, type TextTaskOptions, type TextTaskRecord } from "./text.js";
export { tspTask, type TspTaskOptions } from "./tsp.js";
