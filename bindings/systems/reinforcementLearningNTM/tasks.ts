/** The tasks of RL-NTMs, as tapehead/tasks exports them. */
export { tapeTask, type TapeTask, type TapeTaskOptions, type Transformation } from "./tapeTask.js";
