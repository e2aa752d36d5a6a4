import { Engine, load } from "tapehead/full";
import { AttentionSeq2Seq } from "tapehead/models";

/** Letters in the longest word. */
export const MOST_LETTERS = 64;

/** Says how words are pronounced, from their spelling. Make it once and share it. */
export class Pronouncer {
  #engine;
  #model;

  /** @param {Uint8Array} checkpoint the bytes of pronunciation-small.safetensors */
  static async create(checkpoint) {
    const pronouncer = new Pronouncer();
    const about = { file: "pronunciation-small.safetensors", models: [AttentionSeq2Seq] };
    pronouncer.#model = load(checkpoint, about);
    pronouncer.#engine = await Engine.create();
    return pronouncer;
  }

  /** Phonemes of the CMU dictionary, other ways to say it, and where the model looked for each phoneme. */
  pronounce(word) {
    const letters = lettersOf(word);
    const [{ symbols, beams, attention }] = this.#model.run(this.#engine, [letters], { beam: 5, attention: true });
    return {
      word,
      phonemes: symbols,
      others: beams.slice(1, 3).map((beam) => beam.symbols.join(" ")),
      lookedAt: symbols.map((_, i) => letters[attention[i].indexOf(Math.max(...attention[i]))]),
    };
  }
}

/** Small letters without accents, which is what the model has seen. */
export const lettersOf = (word) => [...word.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase()];
