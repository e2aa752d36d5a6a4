/** Tasks that several systems share, as tapehead/tasks exports them. */
export { additionTask, type AdditionTaskOptions } from "./addition.js";
export { associativeRecallTask, type AssociativeRecallTaskOptions } from "./associativeRecall.js";
export { babiQuestions, babiStory } from "./babi/babiStory.js";
export { babiSymbols, babiTask, type BabiTaskOptions, type StoryTask } from "./babi/babiTask.js";
export { babiTasks, type BabiTask } from "./babi/babiTasks.js";
export { fillPassages, passageLayout, type PassageLayoutOptions } from "./babi/fillPassages.js";
export {
  fillStories,
  storyLayout,
  type NumberedStory,
  type StoryLayoutOptions,
  type StoryLimits,
} from "./babi/fillStories.js";
export { parseBabi, parseBabiTasks, type BabiTaskQuestions } from "./babi/parseBabi.js";
export { wordsOf, type BabiQuestion } from "./babi/story.js";
export { copyTask, type CopyTaskOptions } from "./copy.js";
export { dynamicNgramsTask, type DynamicNgramsTaskOptions } from "./dynamicNgrams.js";
export { logicTask, type LogicTaskOptions } from "./logic.js";
export { fillPairs, pairLayout } from "./fillPairs.js";
export {
  pairsTask,
  type Pair,
  type PairMetric,
  type PairTask,
  type PairsTaskOptions,
  type PairsTaskRecord,
} from "./pairs.js";
export { parityTask, type ParityTaskOptions } from "./parity.js";
export { prioritySortTask, type PrioritySortTaskOptions } from "./prioritySort.js";
export { repeatCopyTask, type RepeatCopyTaskOptions } from "./repeatCopy.js";
export { sortTask, type SortTaskOptions } from "./sort.js";
export { textTask, type TextTaskOptions, type TextTaskRecord } from "./text.js";
