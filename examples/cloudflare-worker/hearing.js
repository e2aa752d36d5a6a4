import { Engine, loadCheckpoint } from "tapehead/full";
import { hear, readWav } from "tapehead/listen";
import { ListenAttendSpell } from "tapehead/models";

/** Bytes of the longest file: 30 s at 16 bits and 48,000 samples a second are 2.9 million. */
export const MOST_FILE_BYTES = 3_000_000;

/** Spells the digits that are said. Make it once and share it. */
export class Hearing {
  #engine;
  #checkpoint;

  /** @param {Uint8Array} checkpoint the bytes of digits.safetensors */
  static async create(checkpoint) {
    const hearing = new Hearing();
    hearing.#checkpoint = loadCheckpoint(checkpoint, { file: "digits.safetensors", models: [ListenAttendSpell] });
    hearing.#engine = await Engine.create();
    return hearing;
  }

  /**
   * What is said in the bytes of a WAV file, and how often such an answer is right. It throws a RecordingError when it is
   * none, and an UnsureError, whose `reason` says why, when it is not sure.
   */
  hear(bytes) {
    const { sampleRate } = this.#checkpoint.model.options;
    const recording = readWav(bytes, { sampleRate });
    const { text, confidence } = hear(this.#engine, this.#checkpoint, recording);
    return { digits: text, confidence, notes: recording.notes };
  }
}
