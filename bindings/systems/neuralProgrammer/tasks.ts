/** The task of the Neural Programmer, as tapehead/tasks exports it. */
export { tableTask, type TableTaskOptions } from "./tableTask.js";
