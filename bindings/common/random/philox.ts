/**
 * Philox4x32-10: a counter-based random generator. The n-th number of a stream is a function of the key and n, so a
 * stream can be entered anywhere and its position is one number.
 *
 * Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3". `assembly/kernels/random` computes
 * the same bits.
 */
import { expectValue, whole } from "../options.js";
import { shown } from "../shown.js";

const MULTIPLIER_0 = 0xd251_1f53;
const MULTIPLIER_1 = 0xcd9e_8d57;
const WEYL_0 = 0x9e37_79b9;
const WEYL_1 = 0xbb67_ae85;

/** The upper 32 bits of a 32 × 32 bit product. No sum here reaches 2³². */
function multiplyHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const middle = a1 * b0 + ((a0 * b0) >>> 16);
  const cross = a0 * b1 + (middle & 0xffff);
  return a1 * b1 + (middle >>> 16) + (cross >>> 16);
}

/** Ten rounds over a block of four words, in place. */
export function philox(block: Uint32Array, key0: number, key1: number): void {
  // Word by word: taking arrays apart made this five times as slow.
  let c0 = block[0]!;
  let c1 = block[1]!;
  let c2 = block[2]!;
  let c3 = block[3]!;
  for (let round = 0; round < 10; ++round) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ key0;
    c1 = low1;
    c2 = high0 ^ c3 ^ key1;
    c3 = low0;
    key0 = (key0 + WEYL_0) | 0;
    key1 = (key1 + WEYL_1) | 0;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

/** A stream of random numbers. Two streams of one seed are independent. */
export class Random {
  readonly #block = new Uint32Array(4);
  #counter = -1;
  readonly #seed: number;
  readonly #stream: number;
  #position = 0;

  /** @throws RangeError unless seed and stream are whole numbers in [0, 2³²), and the position one from 0 up. */
  constructor(seed: number, stream = 0, position = 0) {
    for (const [name, value] of Object.entries({ seed, stream })) {
      expectValue(`The random ${name}`, value, whole(0, { most: 0xffff_ffff }));
    }
    this.#seed = seed;
    this.#stream = stream;
    this.position = position;
  }

  /** Words taken so far: setting it to a saved value continues a stream from there. */
  get position(): number {
    return this.#position;
  }

  /** @throws RangeError unless it is a whole number from 0 up. */
  set position(words: number) {
    expectValue("The random position", words, whole(0, { most: Number.MAX_SAFE_INTEGER }));
    this.#position = words;
  }

  /** 32 random bits. */
  word(): number {
    const lane = this.#position % 4;
    const counter = (this.#position - lane) / 4;
    if (counter !== this.#counter) {
      this.#counter = counter;
      this.#block[0] = counter;
      this.#block[1] = Math.floor(counter / 0x1_0000_0000);
      this.#block[2] = 0;
      this.#block[3] = 0;
      philox(this.#block, this.#seed, this.#stream);
    }
    ++this.#position;
    return this.#block[lane]!;
  }

  /** Uniform in [low, high), with 24 random bits. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * ((this.word() >>> 8) / 0x100_0000);
  }

  /**
   * A whole number from low to high, both included, without bias.
   * @throws RangeError unless both are whole, in order, and span at most 2³² numbers: a word chooses among no more.
   */
  integer(low: number, high: number): number {
    const areWhole = Number.isSafeInteger(low) && Number.isSafeInteger(high);
    const range = areWhole ? high - low + 1 : 0;
    if (!(range >= 1 && range <= 0x1_0000_0000)) {
      const wanted = "low and high must be whole, in this order, and span at most 4294967296 numbers";
      throw new RangeError(`Random.integer(${shown(low)}, ${shown(high)}): ${wanted}`);
    }
    const limit = Math.floor(0x1_0000_0000 / range) * range;
    let word = this.word();
    while (word >= limit) word = this.word();
    return low + (word % range);
  }

  /**
   * The numbers 0 to length − 1 in random order (Fisher–Yates, from the end).
   * @throws RangeError unless the length is a whole number from 0 to 2³¹ − 1.
   */
  permutation(length: number): Uint32Array {
    expectValue("Random.permutation: the length", length, whole(0));
    const order = new Uint32Array(length);
    for (let i = 0; i < length; ++i) order[i] = i;
    for (let i = length - 1; i > 0; --i) {
      const j = this.integer(0, i);
      const last = order[i]!;
      order[i] = order[j]!;
      order[j] = last;
    }
    return order;
  }
}
