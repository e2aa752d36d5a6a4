/** The RL-NTM, as tapehead/models exports it. */
export { ReinforcementLearningNTM, type ReinforcementLearningNTMOptions } from "./reinforcementLearningNTM.js";
export type { TapeRun, TapeRunOptions, TapeStep } from "./tapeRunner.js";
