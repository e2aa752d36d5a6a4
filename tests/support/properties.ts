/**
 * fast-check, with the same values in every run, so that none fails by chance. `TAPEHEAD_SEED=7 npm test -- parsing`
 * tries others.
 */
import fc from "fast-check";

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env["TAPEHEAD_SEED"] ?? 1) });

export default fc;
