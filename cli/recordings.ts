import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { InvalidArgumentError } from "commander";
import type { SpokenDigit } from "../bindings/tasks.js";
import { wavOf } from "./listening.js";

/** Names of files as the Free Spoken Digit Dataset has them: DIGIT_SPEAKER_INDEX.wav. */
const NAME = /^(\d)_([^_]+)_(\d+)\.wav$/;
/** Samples a second of the data set. */
const RATE = 8000;

/** A clip, and its number among those of its digit and speaker. */
export interface Clip extends SpokenDigit {
  readonly index: number;
}

/** Recordings of spoken digits: a folder of WAV files, or an index of clips in one file of samples. */
export class RecordingsFile {
  constructor(
    readonly file: string,
    readonly clips: readonly Clip[],
  ) {}

  /** All clips but those of a speaker. */
  without(speaker: string | undefined): readonly Clip[] {
    return this.clips.filter((clip) => clip.speaker !== speaker);
  }
}

/** Reads an option that names a folder of WAV files, or an index of tab-separated values with its samples beside it. */
export function recordingsOf(file: string): RecordingsFile {
  try {
    const clips = statSync(file).isDirectory() ? folder(file) : indexed(file);
    if (!clips.length) throw new Error("it has no file such as 7_jackson_0.wav");
    return new RecordingsFile(file, clips);
  } catch (error) {
    throw new InvalidArgumentError(`It holds no recordings of digits: ${(error as Error).message}.`);
  }
}

function folder(path: string): Clip[] {
  const files = readdirSync(path).flatMap((file) => {
    const [, digit, speaker, index] = NAME.exec(file) ?? [];
    return speaker === undefined ? [] : [{ file, digit: Number(digit), speaker, index: Number(index) }];
  });
  files.sort(
    (a, b) => a.digit - b.digit || (a.speaker < b.speaker ? -1 : +(a.speaker > b.speaker)) || a.index - b.index,
  );
  return files.map(({ file, ...clip }) => {
    const { samples, sampleRate } = wavOf(file, readFileSync(join(path, file)), RATE);
    return { ...clip, samples, sampleRate };
  });
}

interface IndexRow {
  readonly digit: string;
  readonly speaker: string;
  readonly index: string;
  readonly offset: string;
  readonly length: string;
}

/**
 * Clips whose samples are in one gzipped file beside the index, PART.pcmz.gz beside PART.tsv: differences of 16-bit
 * samples in a zigzag code, all low bytes in front of all high ones.
 */
function indexed(file: string): Clip[] {
  const rows: IndexRow[] = parse(readFileSync(file), { columns: true, delimiter: "\t" });
  const codes = gunzipSync(readFileSync(file.replace(/\.tsv$/, ".pcmz.gz")));
  const half = codes.length / 2;
  return rows.map(({ digit, speaker, index, offset, length }) => {
    const samples = new Float32Array(Number(length));
    let value = 0;
    samples.forEach((_, i) => {
      const at = Number(offset) + i;
      const code = codes[at]! | (codes[half + at]! << 8);
      value = ((value + ((code >>> 1) ^ -(code & 1))) << 16) >> 16;
      samples[i] = value / 0x8000;
    });
    return { digit: Number(digit), speaker, index: Number(index), samples, sampleRate: RATE };
  });
}
