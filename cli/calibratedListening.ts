import { Random, type Engine } from "../bindings/core.js";
import type { ListenAttendSpell } from "../bindings/models.js";
import {
  calibrate,
  calibrationMetadata,
  spelled,
  spokenDigitsTask,
  type SpokenDigitsOptions,
} from "../bindings/tasks.js";
import { BEAM } from "../recipes/listenAttendSpell.js";
import type { Held } from "./held.js";
import type { RecordingsFile } from "./recordings.js";
import type { Calibrated } from "./systems/commands.js";

/** Strings that a model is calibrated with. */
const STRINGS = 1000;

/**
 * A calibration with strings, and fillers, of clips that the task leaves for evaluation. It imports no engine: reproduce/
 * reads it.
 */
export function calibratedListening(
  { model, task }: Pick<Held<ListenAttendSpell>, "model" | "task">,
  engine: Engine,
  { clips }: RecordingsFile,
  precision: number,
  count = STRINGS,
): Calibrated {
  const { crc32: _, ...options } = task!.options as SpokenDigitsOptions;
  const drawing = spokenDigitsTask({ ...options, recordings: clips });
  const random = new Random(2_000_000, 1); // neither training nor a test has this stream
  const drawn = Array.from({ length: count }, () => drawing.draw(random));
  const answers = model.run(
    engine,
    drawn.map(({ samples }) => ({ samples, sampleRate: drawing.sampleRate })),
    { beam: BEAM },
  );
  const judged = answers.map(({ symbols, score }, i) => ({
    score,
    isRight: symbols.join("") === spelled(drawn[i]!.digits),
  }));
  const calibration = calibrate(judged, { precision });
  return { calibration, judged, metadata: calibrationMetadata(calibration) };
}
