import { between, checkOptions, expectOptions, expectValue, orNull, whole } from "../../common/options.js";
import { crc32 } from "../../common/crc32.js";
import type { Random } from "../../common/random/philox.js";
import { shown } from "../../common/shown.js";
import type { Tensor } from "../../graph/tensor.js";
import { expectCount, expectOrder, seedRule } from "../../tasks/lengths.js";
import { pairLosses, type PairMetric } from "../../tasks/pairs.js";
import type { AnyTask, Answer } from "../../tasks/task.js";
import { drawDigit } from "./drawnDigits.js";
import { filler } from "./filler.js";
import { cut, distorted, SIDE, type Glyph, type Ink } from "./glyph.js";
import type { Picture } from "./picture.js";
import { fillPictures } from "./pictureBatch.js";

/** A digit that somebody wrote: 28 × 28 pixels, row by row, from 0, no ink, to 1. */
export interface WrittenDigit {
  /** From 0 to 9. */
  readonly digit: number;
  readonly ink: Ink;
}

/** What scatteredDigitsTask draws from. */
export interface ScatteredDigitsOptions {
  /** Pictures of single digits. Default: digits that are drawn, never the same twice. */
  digits?: readonly WrittenDigit[];
  /** Least and most digits of a picture. Default: 1 and 3. */
  minDigits?: number;
  maxDigits?: number;
  /**
   * The part of the pictures that have no digits, of which nothing is to be told: noise, patches and lines. Without them
   * digits are seen in anything. Default: 0.1.
   */
  fillers?: number;
  /**
   * The part of the fillers that are pictures of digits upside down, with one at least, 3, 4 or 7, that is none then.
   * Default: 0.
   */
  turned?: number;
  /** Lines of a picture, of 24 pixels each. Default: 2. */
  lines?: number;
  /** Digits that a line has room for, in 24 pixels each. Default: 3. */
  perLine?: number;
  /** How far training turns, slants and scales a digit: entries of a matrix beside 1. Default: 0.15. */
  distortion?: number;
  /** How far training bends a digit, in pixels each way. Default: 0. */
  bending?: number;
  /** The digits' checksum, if it must be a certain one. */
  crc32?: number | null;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** Where a digit is, in pixels. */
export interface DigitPlace {
  readonly digit: number;
  readonly left: number;
  readonly top: number;
  readonly height: number;
  readonly width: number;
}

/** Digits on a picture, if it is no filler, in the order in which they are read: line by line, from the left. */
export interface DigitCanvas {
  readonly places: readonly DigitPlace[];
  readonly picture: Picture & { readonly pixels: Float32Array };
}

/** What picture is wanted. */
export interface DrawDigits {
  /** Digits, instead of a random number, and never a filler. */
  readonly length?: number | undefined;
  /** Pictures of digits to draw from. Default: "held out". */
  readonly of?: "learned" | "held out" | "all";
}

/** A task of reading digits that are scattered over a picture. */
export interface ScatteredDigitsTask extends AnyTask<PairMetric> {
  readonly symbols: readonly string[];
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /**
   * A picture as evaluation sees it, of digits that are held out, or as training does, of the others, distorted. `of` is
   * "all" where neither matters, such as in a test with digits of its own.
   */
  draw(random: Random, options?: DrawDigits): DigitCanvas;
  readonly metrics: {
    /** The part of a picture's digits that are wrong, the end included. */
    readonly symbolError: (answer: Answer) => Tensor;
    /** 1 for a picture with anything wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
  };
}

/** What is told. */
export const scatteredSymbols: readonly string[] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Height of a line and the room of a digit, and least pixels between two. */
const LINE = 24;
const LEAST_GAP = 2;
/**
 * Most pixels of a digit's side.
 *
 * @internal
 */
export const MOST_SIDE = 20;

/** Default and check of each option; a function, since importing calls nothing. */
export const scatteredDigitsRules = () =>
  ({
    minDigits: [1, whole(1, { most: 64 })],
    maxDigits: [3, whole(1, { most: 64 })],
    fillers: [0.1, between(0, 1, { below: true })],
    lines: [2, whole(1, { most: 16 })],
    perLine: [3, whole(1, { most: 16 })],
    distortion: [0.15, between(0, 0.5)],
    bending: [0, between(0, 8)],
    turned: [0, between(0, 1)],
    crc32: [null, orNull(whole(0, { most: 0xffff_ffff }))],
    seed: seedRule(),
  }) as const;

/**
 * Digits that are none upside down: 6 and 9 are each other, and the rest look much the same.
 *
 * @internal
 */
export const ONE_WAY: readonly number[] = [3, 4, 7];

/** Of the pictures of a digit, the last of so many is left for evaluation. */
const HELD_OUT = 20;

/**
 * Digits that are scattered over lines of a picture and do not touch, to be told in the order of reading. Where there
 * are 20 pictures of a digit or more, every twentieth is seen only in evaluation. The options that the task keeps hold a
 * checksum of the digits' pictures, but not these.
 *
 * @throws TypeError, RangeError when an option is out of range, there is no room for so many digits, what is given is no
 * picture of a digit, a digit has none, or the checksum is another.
 * @example
 * const task = scatteredDigitsTask({ maxDigits: 3, seed: 1 });
 */
export function scatteredDigitsTask(options: ScatteredDigitsOptions = {}): ScatteredDigitsTask {
  const owner = "scatteredDigitsTask";
  const { digits, ...rest } = expectOptions(owner, options);
  const { bending, turned, ...others } = checkOptions(owner, rest, scatteredDigitsRules());
  // The record of a task of before is what it was.
  const checked = { ...others, ...(bending && { bending }), ...(turned && { turned }) };
  const { minDigits, maxDigits, lines, perLine, distortion, seed } = checked;
  const [height, width] = [LINE * lines, LINE * perLine];
  expectOrder(owner, ["minDigits", minDigits], ["maxDigits", maxDigits]);
  const room = whole(1, { most: lines * perLine });
  expectValue(`${owner}: maxDigits on ${lines} × ${perLine} places`, maxDigits, room);
  const checksum = digits ? checksumOf(digits) : null;
  if (checked.crc32 !== null && checked.crc32 !== checksum) {
    const there = checksum === null ? "there are no digits" : `the digits' CRC-32 is ${checksum}`;
    throw new RangeError(`${owner}: ${there}, and it must be ${checked.crc32}`);
  }
  const pool = digits && poolOf(digits);
  const draw: ScatteredDigitsTask["draw"] = (random, { length, of = "held out" } = {}) => {
    if (length !== undefined) expectValue(`${owner}: length`, length, room);
    const isFiller = length === undefined && checked.fillers > 0 && random.uniform() < checked.fillers;
    const count = length ?? random.integer(minDigits, maxDigits);
    const told = Array.from({ length: count }, () => random.integer(0, 9));
    const glyphs = told.map((digit) => {
      const ink = pool ? pool[of][digit]![random.integer(0, pool[of][digit]!.length - 1)]! : drawDigit(random, digit);
      const isDistorted = of === "learned" && (distortion > 0 || bending > 0);
      return cut(isDistorted ? distorted(random, ink, { distortion, bending }) : ink, MOST_SIDE);
    });
    const canvas = scattered(random, told, glyphs, { lines, perLine, height, width });
    if (!isFiller) return canvas;
    const { pixels } = canvas.picture;
    if (turned && told.some((digit) => ONE_WAY.includes(digit)) && random.uniform() < turned) pixels.reverse();
    else filler(random, pixels, width);
    return { ...canvas, places: [] };
  };
  return {
    name: "scattered-digits",
    options: { ...checked, crc32: checksum },
    symbols: scatteredSymbols,
    height,
    width,
    channels: 1,
    seed,
    draw,
    generate(random, count, batch, { length, step } = {}) {
      expectCount(owner, count);
      const drawn = Array.from({ length: count }, () =>
        draw(random, { length, of: step === undefined ? "held out" : "learned" }),
      );
      fillPictures(
        batch,
        drawn.map(({ picture, places }) => [picture.pixels, places.map(({ digit }) => digit + 1)]),
      );
    },
    ...pairLosses,
  };
}

interface Canvas {
  readonly lines: number;
  /** Most digits of a line. */
  readonly perLine: number;
  readonly height: number;
  readonly width: number;
}

/** Digits in random lines, of which one alone may be anywhere, with what is left of a line between them at random. */
function scattered(
  random: Random,
  told: readonly number[],
  glyphs: readonly Glyph[],
  { lines, perLine, height, width }: Canvas,
): DigitCanvas {
  const pixels = new Float32Array(height * width);
  const places: DigitPlace[] = [];
  let next = 0;
  const lengths = lengthsOf(random, told.length, lines, perLine);
  // A line that is alone may be anywhere.
  const isAlone = lengths.filter((count) => count > 0).length === 1;
  const above = isAlone ? random.integer(0, height - LINE) : undefined;
  lengths.forEach((count, line) => {
    const members = glyphs.slice(next, next + count);
    const taken = members.reduce((sum, each) => sum + each.width, LEAST_GAP * Math.max(count - 1, 0));
    const cuts = members.map(() => random.integer(0, width - taken)).sort((a, b) => a - b);
    let used = 0;
    members.forEach((glyph, i) => {
      const left = cuts[i]! + used;
      const top = (above ?? line * LINE) + random.integer(0, LINE - glyph.height);
      for (let y = 0; y < glyph.height; ++y)
        pixels.set(glyph.ink.subarray(y * glyph.width, (y + 1) * glyph.width), (top + y) * width + left);
      places.push({ digit: told[next + i]!, left, top, height: glyph.height, width: glyph.width });
      used += glyph.width + LEAST_GAP;
    });
    next += count;
  });
  return { places, picture: { height, width, channels: 1, pixels } };
}

/** How many digits each line has, none more than there is room for: one digit after the other takes a line with room. */
function lengthsOf(random: Random, count: number, lines: number, most: number): number[] {
  const lengths = new Array<number>(lines).fill(0);
  for (let i = 0; i < count; ++i) {
    const free = [...lengths.keys()].filter((line) => lengths[line]! < most);
    lengths[free[random.integer(0, free.length - 1)]!]! += 1;
  }
  return lengths;
}

/** Pictures of each digit: all, those that are learned from, and those that are held out, or all where there are few. */
function poolOf(digits: readonly WrittenDigit[]): Readonly<Record<NonNullable<DrawDigits["of"]>, readonly Ink[][]>> {
  const byDigit = Array.from({ length: 10 }, (): Ink[] => []);
  digits.forEach(({ digit, ink }, i) => {
    const isInk = ink?.length === SIDE * SIDE && Array.prototype.every.call(ink, (each) => each >= 0 && each <= 1);
    if (!Number.isInteger(digit) || digit < 0 || digit > 9 || !isInk) {
      const wanted = `a digit from 0 to 9 and ${SIDE * SIDE} numbers from 0 to 1`;
      throw new RangeError(
        `scatteredDigitsTask: digit ${i} is ${shown(digit)} with ${shown(ink)}, and must be ${wanted}`,
      );
    }
    byDigit[digit]!.push(ink);
  });
  const missing = byDigit.findIndex(({ length }) => !length);
  if (missing >= 0) throw new RangeError(`scatteredDigitsTask: there is no picture of a ${missing}`);
  const isHeldOut = (i: number): boolean => i % HELD_OUT === HELD_OUT - 1;
  const learned = byDigit.map((all) => all.filter((_, i) => !isHeldOut(i)));
  const heldOut = byDigit.map((all) => (all.length < HELD_OUT ? all : all.filter((_, i) => isHeldOut(i))));
  return { all: byDigit, learned, "held out": heldOut };
}

/** Of all ink, as floats, and of what it is of. */
function checksumOf(digits: unknown): number {
  if (!Array.isArray(digits))
    throw new TypeError(`scatteredDigitsTask: digits is ${shown(digits)}, and must be an array`);
  return (digits as readonly WrittenDigit[]).reduce((crc, { digit, ink = [] }, i) => {
    const said = Uint8Array.from(`${i} ${digit}\n`, (letter) => letter.charCodeAt(0));
    return crc32(new Uint8Array(Float32Array.from(ink).buffer), crc32(said, crc));
  }, 0);
}
