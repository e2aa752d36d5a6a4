import { checkOptions, expectOptions, expectValue, between, notNegative, orNull, whole } from "../../common/options.js";
import { crc32 } from "../../common/crc32.js";
import type { Random } from "../../common/random/philox.js";
import { shown } from "../../common/shown.js";
import { Vocabulary } from "../../common/vocabulary.js";
import type { Batch } from "../../tasks/batch.js";
import { expectCount, expectOrder, seedRule } from "../../tasks/lengths.js";
import { pairLosses, type PairMetric } from "../../tasks/pairs.js";
import type { AnyTask, Answer } from "../../tasks/task.js";
import type { Tensor } from "../../graph/tensor.js";
import { digitSymbols, spelled } from "./digitWords.js";
import { annotationsOf, fillFrames, framingOf } from "./framing.js";
import { samplesOf, type Recording } from "./recording.js";
import { filler } from "./filler.js";
import { utterance, type UtteranceOptions } from "./utterance.js";
import { sayDigit, someSpeaker } from "./voices/speaker.js";

/** A digit that somebody said. */
export interface SpokenDigit extends Recording {
  /** From 0 to 9. */
  readonly digit: number;
  /** Who said it: a string has one speaker. */
  readonly speaker: string;
}

/** What spokenDigitsTask draws from. */
export interface SpokenDigitsOptions {
  /** Recordings of single digits. Default: voices that are made up, never the same twice. */
  recordings?: readonly SpokenDigit[];
  /** Least and most digits of a string. Default: 1 and 3. */
  minDigits?: number;
  maxDigits?: number;
  /** Samples a second, those of the recordings. Default: 8,000. */
  sampleRate?: number;
  /**
   * The part of the recordings that are no digits, of which nothing is to be written: noise, tones, and digits played
   * backwards. Without them a speller hears digits in anything. Default: 0.1.
   */
  fillers?: number;
  /** Least and most seconds of silence between two digits. Default: 0.05 and 0.3. */
  leastPause?: number;
  mostPause?: number;
  /** How much faster or slower than recorded training has a digit, as a part. Default: 0.1. */
  speedNoise?: number;
  /** The loudest noise in training, as a part of the loudest sample. Default: 0.02. */
  backgroundNoise?: number;
  /** The recordings' checksum, if it must be a certain one. */
  crc32?: number | null;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** A string of digits, said. */
export interface DigitString {
  readonly digits: readonly number[];
  readonly samples: Float32Array;
}

/** A task of spelling strings of digits that one speaker says. */
export interface SpokenDigitsTask extends AnyTask<PairMetric> {
  readonly symbols: readonly string[];
  readonly sampleRate: number;
  /**
   * A string as evaluation hears it, or as training does: with noise, and faster or slower. Of a length that is asked for
   * it is always digits, else now and then a filler, which has none.
   */
  draw(random: Random, options?: { length?: number | undefined; isTraining?: boolean }): DigitString;
  readonly metrics: {
    /** The part of a string's letters and spaces that are wrong, its end included. */
    readonly symbolError: (answer: Answer) => Tensor;
    /** 1 for a string with anything wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
  };
}

/** The longest string, so that what is read stays below half a minute. */
const MOST_DIGITS = 16;

/** Default and check of each option; a function, since importing calls nothing. */
export const spokenDigitsRules = () =>
  ({
    minDigits: [1, whole(1, { most: MOST_DIGITS })],
    maxDigits: [3, whole(1, { most: MOST_DIGITS })],
    fillers: [0.1, between(0, 1, { below: true })],
    sampleRate: [8000, whole(1000, { most: 96_000 })],
    leastPause: [0.05, between(0, 10)],
    mostPause: [0.3, between(0, 10)],
    speedNoise: [0.1, between(0, 0.5)],
    backgroundNoise: [0.02, notNegative()],
    crc32: [null, orNull(whole(0, { most: 0xffff_ffff }))],
    seed: seedRule(),
  }) as const;

/** Of the clips of a digit by a speaker, the last of so many is left for evaluation. */
const HELD_OUT = 10;

/**
 * Strings of digits, spelled in words: "seven one". Each string is clips of one speaker, with pauses between. Where
 * there are ten clips of a digit by a speaker or more, every tenth is heard only in evaluation. The options that the
 * task keeps hold a checksum of the recordings, but not these.
 *
 * @throws TypeError, RangeError when an option is out of range, a recording is none of a digit, a speaker did not say all
 * digits, or the checksum is another.
 * @example
 * const task = spokenDigitsTask({ maxDigits: 3, seed: 1 });
 */
export function spokenDigitsTask(options: SpokenDigitsOptions = {}): SpokenDigitsTask {
  const { recordings, ...rest } = expectOptions("spokenDigitsTask", options);
  const checked = checkOptions("spokenDigitsTask", rest, spokenDigitsRules());
  const { minDigits, maxDigits, sampleRate, leastPause, mostPause, seed } = checked;
  expectOrder("spokenDigitsTask", ["minDigits", minDigits], ["maxDigits", maxDigits]);
  expectOrder("spokenDigitsTask", ["leastPause", leastPause], ["mostPause", mostPause]);
  const checksum = recordings ? checksumOf(recordings) : null;
  if (checked.crc32 !== null && checked.crc32 !== checksum) {
    const there = checksum === null ? "there are no recordings" : `the recordings' CRC-32 is ${checksum}`;
    throw new RangeError(`spokenDigitsTask: ${there}, and it must be ${checked.crc32}`);
  }
  const speakers = recordings ? speakersOf(recordings, sampleRate) : undefined;
  const vocabulary = new Vocabulary(digitSymbols);
  const quiet: UtteranceOptions = { ...checked, speedNoise: 0, backgroundNoise: 0 };
  const draw: SpokenDigitsTask["draw"] = (random, { length, isTraining = false } = {}) => {
    if (length !== undefined) expectValue("spokenDigitsTask: length", length, whole(1, { most: MOST_DIGITS }));
    const isFiller = length === undefined && checked.fillers > 0 && random.uniform() < checked.fillers;
    const size = length ?? random.integer(minDigits, maxDigits);
    const digits = Array.from({ length: size }, () => random.integer(0, 9));
    const clips = speakers ? drawn(random, digits, speakers, isTraining) : madeUp(random, digits, sampleRate);
    const said = utterance(random, clips, isTraining ? checked : quiet);
    return isFiller ? { digits: [], samples: filler(random, said) } : { digits, samples: said };
  };
  return {
    name: "spoken-digits",
    options: { ...checked, crc32: checksum },
    symbols: digitSymbols,
    sampleRate,
    seed,
    draw,
    generate(random, count, batch, { length, step } = {}) {
      expectCount("spokenDigitsTask", count);
      const strings = Array.from({ length: count }, () => draw(random, { length, isTraining: step !== undefined }));
      fillStrings(batch, strings, { sampleRate, vocabulary });
    },
    ...pairLosses,
  };
}

const idsOf = (digits: readonly number[], vocabulary: Vocabulary): number[] =>
  [...spelled(digits)].map((letter) => vocabulary.numberOf(letter)!);

/** Fills a batch of the layout of ListenAttendSpell. */
function fillStrings(
  batch: Batch,
  strings: readonly DigitString[],
  { sampleRate, vocabulary }: { readonly sampleRate: number; readonly vocabulary: Vocabulary },
): void {
  const count = strings.length;
  const spellings = strings.map(({ digits }) => idsOf(digits, vocabulary));
  const framing = framingOf(sampleRate, batch.layout["sound"]![2] as number);
  const lengths = strings.map(({ samples }) => annotationsOf(samples.length, framing));
  const longest = (sizes: readonly number[]): number => sizes.reduce((a, b) => Math.max(a, b));
  batch.reset({ source: longest(lengths), time: longest(spellings.map(({ length }) => length)) + 1 }, count);
  const [sound, inside] = [batch.block("sound"), batch.block("inside")];
  const [previous, targets, mask] = [batch.block("previous"), batch.block("targets"), batch.block("mask")];
  batch.block("lengths").set(lengths);
  strings.forEach(({ samples }, row) => {
    const ids = spellings[row]!;
    fillFrames(sound, samples, framing, { row, count });
    for (let t = 0; t < lengths[row]!; ++t) inside[t * count + row] = 1;
    batch.lengths[row] = ids.length + 1;
    ids.forEach((id, t) => {
      targets[t * count + row] = id;
      previous[(t + 1) * count + row] = id;
    });
    for (let t = 0; t <= ids.length; ++t) mask[t * count + row] = 1;
  });
}

function madeUp(random: Random, digits: readonly number[], sampleRate: number): Float32Array[] {
  const speaker = someSpeaker(random);
  return digits.map((digit) => sayDigit(random, digit, speaker, sampleRate));
}

/** Clips of each digit by one speaker. */
interface Clips {
  readonly learned: readonly (readonly ArrayLike<number>[])[];
  readonly heldOut: readonly (readonly ArrayLike<number>[])[];
}

function drawn(
  random: Random,
  digits: readonly number[],
  speakers: readonly Clips[],
  isTraining: boolean,
): ArrayLike<number>[] {
  const { learned, heldOut } = speakers[random.integer(0, speakers.length - 1)]!;
  return digits.map((digit) => {
    const clips = (isTraining || !heldOut[digit]!.length ? learned : heldOut)[digit]!;
    return clips[random.integer(0, clips.length - 1)]!;
  });
}

function speakersOf(recordings: readonly SpokenDigit[], sampleRate: number): Clips[] {
  const bySpeaker = new Map<string, ArrayLike<number>[][]>();
  recordings.forEach((recording, i) => {
    const { digit, speaker } = recording;
    if (!Number.isInteger(digit) || digit < 0 || digit > 9 || typeof speaker !== "string") {
      const said = `the digit ${shown(digit)} by ${shown(speaker)}`;
      throw new RangeError(`spokenDigitsTask: recording ${i} is of ${said}, and must be of 0 to 9 by a name`);
    }
    const samples = samplesOf("spokenDigitsTask", recording, `recording ${i}`, sampleRate);
    if (!bySpeaker.has(speaker))
      bySpeaker.set(
        speaker,
        Array.from({ length: 10 }, () => []),
      );
    bySpeaker.get(speaker)![digit]!.push(samples);
  });
  if (!bySpeaker.size) throw new RangeError("spokenDigitsTask: there are no recordings");
  return [...bySpeaker].map(([speaker, clips]) => {
    const missing = clips.findIndex(({ length }) => !length);
    if (missing >= 0) throw new RangeError(`spokenDigitsTask: ${speaker} has not said ${missing}`);
    const isHeldOut = (i: number): boolean => i % HELD_OUT === HELD_OUT - 1;
    return {
      learned: clips.map((all) => all.filter((_, i) => !isHeldOut(i))),
      heldOut: clips.map((all) => all.filter((_, i) => isHeldOut(i))),
    };
  });
}

/** Of all samples, as floats, and of who said what. */
function checksumOf(recordings: unknown): number {
  if (!Array.isArray(recordings))
    throw new TypeError(`spokenDigitsTask: recordings is ${shown(recordings)}, and must be an array`);
  return (recordings as readonly SpokenDigit[]).reduce((crc, { samples = [], digit, speaker }, i) => {
    const floats = Float32Array.from(samples);
    const said = Uint8Array.from(`${i} ${digit} ${speaker}\n`, (letter) => letter.charCodeAt(0));
    return crc32(new Uint8Array(floats.buffer), crc32(said, crc));
  }, 0);
}
