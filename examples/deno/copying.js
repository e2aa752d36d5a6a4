import { Engine, load } from "tapehead";

/** Bytes in the longest text: the network was trained on up to 20, and still copies five times as many. */
export const MOST_BYTES = 100;

/** Channels of a step: the bits of a byte, lowest first, and the delimiter. */
const BITS = 8;

/**
 * A Neural Turing Machine that was trained to copy. Make it once and share it: a call's state is its own, so calls do
 * not interfere.
 */
export class Copier {
  #engine;
  #model;

  /** @param {Uint8Array} checkpoint the bytes of copy.safetensors */
  static async create(checkpoint) {
    const copier = new Copier();
    copier.#model = load(checkpoint, { file: "copy.safetensors" });
    copier.#engine = await Engine.create();
    return copier;
  }

  /** The whole text in one run, and where the heads were meanwhile. */
  copy(bytes) {
    const { outputs, trace } = this.#model.run(this.#engine, sequenceOf(bytes), {
      trace: ["writeWeights", "readWeights"],
    });
    const copied = Uint8Array.from(bytes, (_, i) => byteOf(outputs[bytes.length + 1 + i]));
    return { copied, writeWeights: trace.writeWeights, readWeights: trace.readWeights };
  }

  /** The text step by step: all of it goes in, then every step answers a byte. */
  *stream(bytes) {
    const session = this.#model.session(this.#engine);
    try {
      for (const [step, x] of sequenceOf(bytes).entries()) {
        const logits = session.step(x);
        if (step > bytes.length) yield byteOf(logits);
      }
    } finally {
      session.dispose();
    }
  }
}

/** A vector for each byte, the delimiter, and a blank for each byte that is wanted back. */
function sequenceOf(bytes) {
  const blank = () => new Array(BITS + 1).fill(0);
  const delimiter = blank().fill(1, BITS);
  return [...Array.from(bytes, vectorOf), delimiter, ...Array.from(bytes, blank)];
}

const vectorOf = (byte) => Array.from({ length: BITS + 1 }, (_, i) => (i < BITS ? (byte >> i) & 1 : 0));

/** A logit above 0 is a 1. */
const byteOf = (logits) => logits.reduce((byte, logit, i) => byte | (Number(logit > 0) << i), 0);
