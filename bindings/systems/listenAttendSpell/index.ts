/** Listen, attend and spell, as tapehead/models exports it. */
export { ListenAttendSpell, type ListenAttendSpellOptions } from "./listenAttendSpell.js";
export { MOST_SECONDS, RecordingError, type Recording } from "./recording.js";
export { resample } from "./resample.js";
export type { Listener, ListenerOptions } from "./listener.js";
export type { Framing } from "./framing.js";
export type { Vocabulary } from "../../common/vocabulary.js";
export type { Beam, Transduced, TransduceOptions } from "../../models/transduction.js";
export { soundPage, type SoundPageOptions } from "../../trace/soundPage.js";
export type { SoundDrawing } from "../../trace/waveform.js";
