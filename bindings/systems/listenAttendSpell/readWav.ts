import decode from "@audio/decode-wav";
import { isBytes } from "../../common/encodings.js";
import { between, checkOptions, text } from "../../common/options.js";
import { shown } from "../../common/shown.js";
import { channelsDoubt } from "./channels.js";
import { MOST_SECONDS, RecordingError, type Recording } from "./recording.js";
import { resample } from "./resample.js";

/** Those of a room, 7.1: in the mean of more, one that speaks would be lost. */
const MOST_CHANNELS = 8;

/** What a WAV file holds: one channel, at the rate that is wanted, and what somebody who reads the answer has to know. */
export interface WavRecording extends Recording {
  readonly samples: Float32Array;
  /** Sentences without a stop, such as that it is clipped. */
  readonly notes: readonly string[];
}

/** What the samples are for. */
export interface ReadWavOptions {
  /** Samples a second, in Hz, of the recordings that a model learned: its option `sampleRate`. */
  readonly sampleRate: number;
  /** Name of the file in messages. Default: "the recording". */
  readonly name?: string;
}

/** Samples at full scale, as a part of all, from which a recording is called clipped. */
const CLIPPED = 1e-3;
/** Placeholders of a program that streams, which does not know the size yet. */
const UNKNOWN = [0, 0xffff_ffff];

/**
 * Reads the bytes of a WAV file: whole numbers of 8 to 32 bits, floats, A-law and µ-law, of any channels, which are
 * averaged, at any rate from 1 to 768 kHz, from which they are resampled.
 *
 * @throws RecordingError when they are no WAV file, are cut off, or hold nothing, silence, more seconds than a model
 * listens to, or channels that cancel each other or have different sounds at once; TypeError, RangeError when the bytes are
 * none, or an option is out of range.
 * @example
 * const recording = readWav(new Uint8Array(await file.arrayBuffer()), { sampleRate: model.options.sampleRate });
 */
export function readWav(bytes: Uint8Array, options: ReadWavOptions): WavRecording {
  const { sampleRate, name } = checkOptions("readWav", options, {
    sampleRate: [undefined, between(1000, 768_000)],
    name: ["the recording", text()],
  });
  if (!isBytes(bytes)) throw new TypeError(`readWav: the bytes are ${shown(bytes)}, and must be a Uint8Array`);
  const fail = (message: string, cause?: unknown): never => {
    throw new RecordingError(`Cannot listen to ${name}: ${message}`, { cause });
  };
  if (!bytes.length) fail("it is empty");
  expectWav(bytes, fail);
  expectWhole(bytes, fail);
  const { channelData, sampleRate: rate } = decoded(bytes, fail);
  const [first] = channelData;
  if (!first?.length) return fail("it has no samples");
  const count = channelData.length;
  if (count > MOST_CHANNELS) fail(`it has ${count} channels, and may have ${MOST_CHANNELS}: take one of them`);
  if (!(rate >= 1000 && rate <= 768_000)) fail(`it has ${rate} samples a second`);
  if (first.length > MOST_SECONDS * rate)
    fail(`it lasts ${(first.length / rate).toFixed(1)} s, and may last ${MOST_SECONDS} s at most: cut it at a pause`);
  const mixed = first.map((_, i) => channelData.reduce((sum, channel) => sum + channel[i]!, 0) / count);
  const broken = mixed.findIndex((sample) => !Number.isFinite(sample));
  if (broken >= 0) fail(`sample ${broken} is no number`);
  const loud = channelData.map((channel) => channel.filter((sample) => Math.abs(sample) >= 0.9999).length);
  const full = Math.max(...loud) / first.length;
  const resampled = (each: ArrayLike<number>) => resample({ samples: each, sampleRate: rate }, sampleRate).samples;
  const samples = resampled(mixed);
  const doubt = count > 1 && channelsDoubt(channelData.map(resampled), samples, sampleRate);
  if (doubt) fail(doubt);
  if (samples.every((sample) => sample === 0)) fail("it is silent: all of its samples are 0");
  const clipped = `it is clipped: ${(100 * full).toFixed(1)}% of its samples are as loud as can be, so the answer may be wrong`;
  return { samples, sampleRate, notes: full >= CLIPPED ? [clipped] : [] };
}

type Fail = (message: string, cause?: unknown) => never;

const ascii = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** Other formats that are often given the name of a WAV file. */
function expectWav(bytes: Uint8Array, fail: Fail): void {
  if (ascii(bytes, 0, 4) === "RIFF" && (bytes.length < 12 || ascii(bytes, 8, 4) === "WAVE")) return;
  const is = (format: string): never =>
    fail(`it is ${format} and no WAV file: turn it into one, as with ffmpeg or sox`);
  if (ascii(bytes, 0, 3) === "ID3" || (bytes[0] === 0xff && (bytes[1]! & 0xe0) === 0xe0)) is("an MP3 file");
  if (ascii(bytes, 0, 4) === "fLaC") is("a FLAC file");
  if (ascii(bytes, 0, 4) === "OggS") is("an Ogg file");
  if (ascii(bytes, 4, 4) === "ftyp") is("an MP4 file");
  fail("it is no WAV file");
}

/** A file that says it is longer than it is was cut off. */
function expectWhole(bytes: Uint8Array, fail: Fail): void {
  const said = bytes.length < 8 ? 8 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  if (!UNKNOWN.includes(said) && said + 8 > bytes.length)
    fail(`it was cut off: it says that it has ${said + 8} bytes, and has ${bytes.length}`);
}

function decoded(bytes: Uint8Array, fail: Fail): ReturnType<typeof decode> {
  try {
    // Of a Buffer, slices are no copies, and what is not aligned must be copied.
    return decode(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  } catch (error) {
    return fail((error as Error).message, error);
  }
}
