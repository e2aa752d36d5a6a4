/** Metrics of answers, as tapehead/tasks exports them. */
export { isSameDenotation } from "./denotation.js";
export { editDistance } from "./editDistance.js";
export { errorRates, type ErrorRates } from "./errorRates.js";
