/** The tasks of RL-NTMs, as tapehead/tasks exports them. */
export { tapeTask, type TapeExample, type TapeTask, type TapeTaskOptions, type Transformation } from "./tapeTask.js";
