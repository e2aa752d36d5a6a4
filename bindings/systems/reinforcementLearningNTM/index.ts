/** The RL-NTM, as tapehead/models exports it. */
export { ReinforcementLearningNTM, type ReinforcementLearningNTMOptions } from "./reinforcementLearningNTM.js";
export { tapePage, type TapePageOptions } from "./tapePage.js";
export type { TapeRun, TapeRunOptions, TapeStep } from "./tapeRunner.js";
export { parseTape, textOf } from "./tapeText.js";
