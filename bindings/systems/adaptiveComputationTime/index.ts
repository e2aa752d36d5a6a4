/** Adaptive Computation Time, as tapehead/models exports it. */
export { AdaptiveComputationTime, type AdaptiveComputationTimeOptions } from "./adaptiveComputationTime.js";
