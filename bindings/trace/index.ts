/** What a model does with a sequence, as a page to look at. */
export { tracePage, type Traceable, type TracePageOptions } from "./tracePage.js";
export type { Label, Labels } from "./layout.js";
export type { Aligning, TraceAlignmentOptions } from "./alignment/trace.js";
/** Where a model looked in what it read, whatever the model. */
export { alignmentPage, type AlignmentPageOptions } from "./alignment/page.js";
export type { Alignment } from "./alignment/alignment.js";
export type { AlignmentAnswer } from "./alignment/answers.js";
export type { ModelDescription } from "./facts.js";
/** A program over a table, whatever the model. */
export { programPage, type ProgramPageOptions } from "./program/page.js";
export type { ProgramAnswer, ProgramDrawing, ProgramStep, ProgramTable, ProgramWord } from "./program/program.js";
