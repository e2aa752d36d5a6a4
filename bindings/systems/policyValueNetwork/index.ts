/** Policy and value of games, as tapehead/models exports it. */
export { PolicyValueNetwork, type PolicyValueNetworkOptions } from "./policyValueNetwork.js";
export type { PolicyValue } from "./positionRunner.js";
export type { ResidualTower, ResidualTowerOptions } from "./residualTower.js";
