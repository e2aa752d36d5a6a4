import type { AnyTask, Engine } from "../bindings/core.js";
import type { AttentionSeq2Seq } from "../bindings/models.js";
import { calibrationMetadata, type Calibration } from "../bindings/tasks.js";
import { calibrationFrom } from "../cli/calibrating.js";
import { heldOut, targetLimits } from "../cli/heldOut.js";
import type { AnyModel } from "../cli/models.js";
import { transductionOf } from "../cli/transductionOf.js";
import type { Experiment } from "../recipes/recipe.js";
import { readPairs } from "./data.js";
import { systemOf } from "./measure.js";

/** Sources that are enough to see that all of it works, and questions of each kind. */
const QUICK = 100;
const QUICK_EACH = 5;

type Task = Pick<AnyTask, "name" | "options">;

/** Metadata with the calibration that an experiment wants, as `tapehead calibrate` makes it. */
export function calibrated(
  engine: Engine,
  model: AnyModel,
  task: Task,
  experiment: Experiment,
  quick: boolean,
): Readonly<Record<string, string>> {
  const { calibration: wanted } = experiment;
  const drawn = systemOf(model)?.calibrate?.(
    { engine, model, task, experiment },
    wanted!.precision,
    quick ? QUICK_EACH : undefined,
  );
  if (drawn) return drawn;
  return calibrationMetadata(ofPairs(engine, model as AttentionSeq2Seq, task, wanted!, quick));
}

function ofPairs(
  engine: Engine,
  model: AttentionSeq2Seq,
  { name, options }: Task,
  { pairs, except, precision, beam }: NonNullable<Experiment["calibration"]>,
  quick: boolean,
): Calibration {
  const found = heldOut[name]!({
    options,
    ...(pairs !== undefined && { pairs: readPairs(pairs) }),
    ...(except !== undefined && { except: readPairs(except) }),
  });
  const transduction = transductionOf(model, targetLimits[name]);
  const asked = { transduction, pairs: quick ? found.slice(0, QUICK) : found, search: { beam }, precision };
  return calibrationFrom(engine, asked).calibration;
}
