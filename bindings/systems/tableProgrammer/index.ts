/** The Neural Programmer over tables of text, as tapehead/models exports it. */
export { rowOperations, type RowOperation } from "./rowMachine.js";
export { TableProgrammer, type TableProgrammerOptions } from "./tableProgrammer.js";
export type { AskedQuestion, RowLine, TableAnswer } from "./tableRunner.js";
