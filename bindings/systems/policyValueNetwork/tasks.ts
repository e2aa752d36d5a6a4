/** Positions of Connect Four, and what tasks of other games are made of, as tapehead/tasks exports them. */
export { connectFourTask, type ConnectFourTask, type ConnectFourTaskOptions } from "./connectFourTask.js";
export { fillPositions, type PositionExample } from "./fillPositions.js";
export type { LabelledPosition } from "./labelledPositions.js";
export { policyValueLosses, type PolicyValueMetric } from "./policyValueLosses.js";
