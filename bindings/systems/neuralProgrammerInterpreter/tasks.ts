/** Environments, and tasks of their traces, as tapehead/tasks exports them. */
export {
  additionCoverage,
  additionEnvironment,
  additionProgramsTask,
  sumOnPad,
  type AdditionPad,
  type AdditionProgramsTaskOptions,
  type Operands,
} from "./addition.js";
export {
  defineEnvironment,
  type Call,
  type CallNames,
  type Decision,
  type Environment,
  type TeacherProgram,
} from "./environment.js";
export { FrameSet, TeacherError, type TracedFrame } from "./frames.js";
export { sizesOf } from "./layout.js";
export { programTask, type ProgramTask, type ProgramTaskOptions, type ProgramTaskParts } from "./programTask.js";
export {
  sortingCoverage,
  sortingEnvironment,
  sortingProgramsTask,
  type SortingEnvironmentOptions,
  type SortingProgramsTaskOptions,
  type SortingRow,
  type SortingView,
} from "./sorting.js";
export { teacherCore } from "./teacher.js";
