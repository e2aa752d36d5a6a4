import { Engine, loadCheckpoint } from "tapehead/full";
import { hear, readWav, resample } from "tapehead/listen";
import { ListenAttendSpell, soundPage } from "tapehead/models";

const FILE = "./node_modules/tapehead/checkpoints/digits.safetensors";

/** Spells what is said. Make it once and share it. */
export class Hearing {
  #engine;
  #checkpoint;

  static async create() {
    const response = await fetch(FILE);
    if (!response.ok) throw new Error(`Cannot load ${FILE}: ${response.status}. Is the package installed?`);
    const hearing = new Hearing();
    const about = { file: "digits.safetensors", models: [ListenAttendSpell] };
    hearing.#checkpoint = loadCheckpoint(new Uint8Array(await response.arrayBuffer()), about);
    hearing.#engine = await Engine.create();
    return hearing;
  }

  /** The samples of a WAV file, as the network wants them. */
  read(bytes, name) {
    return readWav(bytes, { name, sampleRate: this.#checkpoint.model.options.sampleRate });
  }

  /** What a recording says; it throws an UnsureError or RecordingError, whose message says why there is no answer. */
  hear(recording, name) {
    const { model } = this.#checkpoint;
    const heard = hear(this.#engine, this.#checkpoint, resample(recording, model.options.sampleRate), { name });
    const answer = { ...heard, probability: Math.exp(heard.score) };
    const page = soundPage({ ...heard.recording, answer, seconds: heard.seconds }, { model, input: name });
    return { ...heard, page, notes: recording.notes ?? [] };
  }
}
