/** The Neural Programmer for arithmetic, as tapehead/models exports it. */
export {
  ArithmeticProgrammer,
  operations as arithmeticOperations,
  type ArithmeticProgram,
  type ArithmeticProgrammerOptions,
  type ArithmeticState,
  type ProgramLine,
  type ProgramValue,
} from "./arithmeticProgrammer.js";
