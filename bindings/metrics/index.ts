/** Metrics of answers, as tapehead/tasks exports them. */
export {
  acceptance,
  calibrate,
  calibrationError,
  confidenceOf,
  type Acceptance,
  type Calibration,
  type Judged,
} from "./calibration.js";
export { isSameDenotation } from "./denotation.js";
export { editDistance } from "./editDistance.js";
export { errorRates, type ErrorRates } from "./errorRates.js";
export { calibrationIn, calibrationMetadata } from "./storedCalibration.js";
export { expectSure, UnsureError, type Guess, type Scored } from "./unsureError.js";
