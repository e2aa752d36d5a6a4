import { Random, type Engine } from "../bindings/core.js";
import type { ShowAttendTell } from "../bindings/models.js";
import {
  calibrate,
  calibrationMetadata,
  scatteredDigitsTask,
  type ScatteredDigitsOptions,
  type WrittenDigit,
} from "../bindings/tasks.js";
import { BEAM } from "../recipes/showAttendTell.js";
import type { Held } from "./held.js";
import type { Calibrated } from "./systems/commands.js";

/** Pictures that a model is calibrated with. */
const PICTURES = 2000;

/**
 * A calibration with pictures, and fillers, of digits that the task leaves for evaluation. It imports no engine:
 * reproduce/ reads it.
 */
export function calibratedLooking(
  { model, task }: Pick<Held<ShowAttendTell>, "model" | "task">,
  engine: Engine,
  digits: readonly WrittenDigit[] | undefined,
  precision: number,
  count = PICTURES,
): Calibrated {
  const { crc32: _, ...options } = task!.options as ScatteredDigitsOptions;
  const drawing = scatteredDigitsTask({ ...options, ...(digits && { digits }) });
  const random = new Random(2_000_000, 1); // neither training nor a test has this stream
  const drawn = Array.from({ length: count }, () => drawing.draw(random));
  const answers = model.run(
    engine,
    drawn.map(({ picture }) => picture),
    { beam: BEAM },
  );
  const judged = answers.map(({ symbols, score }, i) => ({
    score,
    isRight: symbols.join() === drawn[i]!.places.map(({ digit }) => digit).join(),
  }));
  const calibration = calibrate(judged, { precision });
  return { calibration, judged, metadata: calibrationMetadata(calibration) };
}
