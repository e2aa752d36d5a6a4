/** The Neural Programmer-Interpreter, as tapehead/models exports it. */
export { callsPage, solutionPage, type CallsPageOptions } from "./callsPage.js";
export { modelCore, type Core, type CoreStep, type Frame, type Stepping as SteppingModel } from "./core.js";
export { verifyPrograms, type Coverage, type Running as RunningModel } from "./coverage.js";
export { interpret, type CallEvent, type Interpreted, type InterpretOptions } from "./interpret.js";
export { InterpreterError } from "./interpreterError.js";
export {
  NeuralProgrammerInterpreter,
  type FrameState,
  type NeuralProgrammerInterpreterOptions,
} from "./neuralProgrammerInterpreter.js";
export { withPrograms } from "./withPrograms.js";
export {
  solve,
  UnsolvedError,
  worldOf,
  type ReadProblem,
  type ShownCall,
  type Solved,
  type SolveOptions,
  type World,
  type WorldRow,
} from "./world.js";
