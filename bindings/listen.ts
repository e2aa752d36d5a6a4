/**
 * `tapehead/listen`: what is said in a recording or a WAV file, by a ListenAttendSpell of tapehead/models. What it is not
 * sure of is refused.
 */
export type { Transduced } from "./models/transduction.js";
export { hear, type Heard, type HearingCheckpoint, type HearOptions } from "./systems/listenAttendSpell/hear.js";
export { readWav, type ReadWavOptions, type WavRecording } from "./systems/listenAttendSpell/readWav.js";
export { MOST_SECONDS, RecordingError, type Recording } from "./systems/listenAttendSpell/recording.js";
export { resample } from "./systems/listenAttendSpell/resample.js";
export { withoutSilence } from "./systems/listenAttendSpell/withoutSilence.js";
export { UnsureError, type Guess } from "./metrics/unsureError.js";
