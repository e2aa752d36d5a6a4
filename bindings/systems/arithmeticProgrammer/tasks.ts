/** The task of the Neural Programmer for arithmetic, as tapehead/tasks exports it. */
export { arithmeticTask, type ArithmeticTaskOptions } from "./arithmeticTask.js";
