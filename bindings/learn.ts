/** `tapehead/learn`: models of one's own pairs of texts, from examples alone. */
export { learn } from "./learn/learn.js";
export type { LearnOptions, LearningStart, LearningState, LearningStep } from "./learn/options.js";
export { Learned, loadLearned } from "./learn/learned.js";
export { answerTexts, type CompiledLearned } from "./learn/compiledAnswers.js";
export { learnedIn, type LearnedMetadata } from "./learn/learnedMetadata.js";
export type { AnswerOptions, TextAnswer } from "./learn/judge.js";
export { Subwords, learnSubwords, type SubwordLimits } from "./common/subwords.js";
export { symbolsOf, textOf, type Reading, type Sides } from "./learn/reading.js";
export type { Runs } from "./learn/runs.js";
export { readingOf } from "./learn/sides.js";
export type { TextPair } from "./learn/splitting.js";
export type { Coverage, LearningReport, Mistake } from "./learn/report.js";
