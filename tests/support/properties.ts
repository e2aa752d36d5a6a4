/**
 * fast-check, with the same values in every run, so that none fails by chance. `TAPEHEAD_SEED=7 npm test -- parsing`
 * tries others.
 */
import fc from "fast-check";

const seed = Number(process.env["TAPEHEAD_SEED"] ?? 1);
if (!Number.isInteger(seed)) throw new RangeError("TAPEHEAD_SEED is no whole number, and must be one");
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });

export default fc;
