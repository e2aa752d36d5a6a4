import type { Checkpoint } from "../../checkpoint/checkpoint.js";
import { between, checkOptions, orNull, text, whole } from "../../common/options.js";
import type { Engine } from "../../engine/engine.js";
import { calibrationIn } from "../../metrics/storedCalibration.js";
import { expectSure, UnsureError } from "../../metrics/unsureError.js";
import { digitWords } from "./digitWords.js";
import type { Transduced } from "../../models/transduction.js";
import type { ListenAttendSpell } from "./listenAttendSpell.js";
import { samplesOf, type Recording } from "./recording.js";
import { withoutSilence } from "./withoutSilence.js";

/** A model that listens, as `loadCheckpoint` reads it: its task says what was said in training, its metadata how sure it is. */
export type HearingCheckpoint = Pick<Checkpoint<ListenAttendSpell>, "model" | "task" | "metadata">;

/** How a recording is spelled, and how sure an answer must be. */
export interface HearOptions {
  /** How often an answer like it must be right, from 0 to 1. Default: null: as often as the calibration of the file says. */
  readonly least?: number | null;
  /** Spellings that are followed at once. Default: 4. */
  readonly beam?: number;
  /** Name of the recording in messages. Default: "the recording". */
  readonly name?: string;
}

/** What was heard. `soundPage` of tapehead/models draws it. */
export interface Heard {
  /** As the model spells it, such as "one two", and its letters. */
  readonly text: string;
  readonly symbols: readonly string[];
  /** Natural logarithm of how likely the model thinks that it is right. */
  readonly score: number;
  /** How often such an answer is right, from 0 to 1; null where the file does not tell. */
  readonly confidence: number | null;
  /** What was listened to: the recording without long silence in front of it and behind. */
  readonly recording: Recording;
  /** Weights of each letter, and of the end, over what was heard; null where the model has no attention. */
  readonly attention: Transduced["attention"];
  /** Seconds from one weight to the next. */
  readonly seconds: number;
}

/**
 * What is said in a recording, such as `readWav` reads. A string of digits that is as long as the longest of training, or
 * that the model is not sure of, is refused.
 *
 * @throws UnsureError, which says why there is no answer; RecordingError when the recording cannot be listened to;
 * RangeError when `least` is given and the file has no calibration.
 * @example
 * const digits = loadCheckpoint(bytes, { models: [ListenAttendSpell] });
 * const { text, confidence } = hear(engine, digits, { samples, sampleRate: 8000 });
 */
export function hear(
  engine: Engine,
  { model, task, metadata }: HearingCheckpoint,
  recording: Recording,
  options: HearOptions = {},
): Heard {
  const { least, beam, name } = checkOptions("hear", options, {
    least: [null, orNull(between(0, 1))],
    beam: [4, whole(1)],
    name: ["the recording", text()],
  });
  const calibration = calibrationIn(metadata);
  if (least !== null && !calibration)
    throw new RangeError("hear: the file of this model does not tell how sure it is: leave out the option least");
  samplesOf("hear", recording, "the recording", model.options.sampleRate);
  const spoken = withoutSilence(recording);
  const [answer] = model.run(engine, [spoken], { beam, attention: model.options.attention !== "none" });
  const { symbols, score, ended, attention } = answer!;
  const said = symbols.join("");
  const doubt = doubtOf(said, task) ?? (ended ? undefined : "it heard no end");
  if (doubt !== undefined) throw new UnsureError(name, doubt);
  const scored = { source: name, answer: said, score };
  const wanted = least === null ? {} : { least: least as number };
  const { hop, parts } = model.framing;
  return {
    text: said,
    symbols,
    score,
    confidence: calibration ? expectSure(calibration, scored, wanted) : null,
    recording: spoken,
    attention,
    seconds: (hop * parts) / spoken.sampleRate,
  };
}

/** Why what was heard cannot be right, of models that spell digits. */
function doubtOf(text: string, task: HearingCheckpoint["task"]): string | undefined {
  if (task?.name !== "spoken-digits") return undefined;
  if (!text) return "it heard no digits";
  const words = text.split(" ");
  if (!words.every((word) => (digitWords as readonly string[]).includes(word)))
    return `what it heard, ${JSON.stringify(text)}, is no string of digits`;
  const { maxDigits } = task.options as { readonly maxDigits: number };
  if (words.length < maxDigits) return undefined;
  return `it heard ${JSON.stringify(text)}, and what has ${maxDigits} digits may have more: cut it at a pause`;
}
