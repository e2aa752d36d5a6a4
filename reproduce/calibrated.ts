import type { AnyTask, Engine } from "../bindings/core.js";
import { calibrationMetadata } from "../bindings/tasks.js";
import { calibrationFrom } from "../cli/calibrating.js";
import { capabilityOf } from "../cli/capabilities.js";
import type { AnyModel } from "../cli/models.js";
import { viewOf } from "../cli/views.js";
import type { Experiment } from "../recipes/recipe.js";
import { readPairs } from "./data.js";

/** Sources that are enough to see that all of it works. */
const QUICK = 100;

/** Metadata with the calibration that an experiment wants, as `tapehead calibrate` makes it. */
export function calibrated(
  engine: Engine,
  model: AnyModel,
  { name, options }: Pick<AnyTask, "name" | "options">,
  { calibration, checkpoint = "the model" }: Experiment,
  quick: boolean,
): Readonly<Record<string, string>> {
  const { pairs, except, precision } = calibration!;
  const { heldOut, beam } = viewOf(name)!.transducer!;
  const held = { file: checkpoint, model, isCompiled: false, metadata: {}, task: { name, options } };
  const found = heldOut!({
    options,
    ...(pairs !== undefined && { pairs: readPairs(pairs) }),
    ...(except !== undefined && { except: readPairs(except) }),
  });
  const transduction = capabilityOf(held, "transduce")(held, name);
  const asked = { transduction, pairs: quick ? found.slice(0, QUICK) : found, search: { beam }, precision };
  return calibrationMetadata(calibrationFrom(engine, asked).calibration);
}
