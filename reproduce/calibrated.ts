import type { AnyTask, Engine } from "../bindings/core.js";
import { calibrationMetadata } from "../bindings/tasks.js";
import { calibrationFrom } from "../cli/calibrating.js";
import type { AttentionSeq2Seq } from "../bindings/models.js";
import { heldOut } from "../cli/heldOut.js";
import { transductionOf } from "../cli/transductionOf.js";
import type { Experiment } from "../recipes/recipe.js";
import { readPairs } from "./data.js";

/** Sources that are enough to see that all of it works. */
const QUICK = 100;

/** Metadata with the calibration that an experiment wants, as `tapehead calibrate` makes it. */
export function calibrated(
  engine: Engine,
  model: AttentionSeq2Seq,
  { name, options }: Pick<AnyTask, "name" | "options">,
  { calibration }: Experiment,
  quick: boolean,
): Readonly<Record<string, string>> {
  const { pairs, except, precision, beam } = calibration!;
  const found = heldOut[name]!({
    options,
    ...(pairs !== undefined && { pairs: readPairs(pairs) }),
    ...(except !== undefined && { except: readPairs(except) }),
  });
  const transduction = transductionOf(model);
  const asked = { transduction, pairs: quick ? found.slice(0, QUICK) : found, search: { beam }, precision };
  return calibrationMetadata(calibrationFrom(engine, asked).calibration);
}
