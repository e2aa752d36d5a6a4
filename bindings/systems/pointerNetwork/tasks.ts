/** The tasks of pointer networks with their geometry and scores, as tapehead/tasks exports them. */
export { convexHullTask, type ConvexHullTaskOptions } from "./convexHullTask.js";
export { convexHull, isSimple, signedArea } from "./geometry/convexHull.js";
export type { Point } from "./geometry/points.js";
export { nearestNeighbourTour, shortestTour, tourLength, twoOptTour } from "./geometry/tours.js";
export { fillPointers, pointerLayout, type PointerExample } from "./fillPointers.js";
export { exactScore, hullScore, tourScore, type HullScore, type Places, type TourScore } from "./pointerScores.js";
export { pointerSortTask, type PointerSortTaskOptions } from "./pointerSortTask.js";
export { drawExamples, type DrawExamplesOptions, type PointerEnd, type PointerTask } from "./pointerTask.js";
export { tspTask, type TspTaskOptions } from "./tspTask.js";
