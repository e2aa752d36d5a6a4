import { checkOptions, expectOptions, orNull, whole } from "../../common/options.js";
import { bytesOf } from "../../common/encodings.js";
import { crc32 } from "../../common/crc32.js";
import type { Random } from "../../common/random/philox.js";
import { shown } from "../../common/shown.js";
import { isVocabulary, Vocabulary } from "../../common/vocabulary.js";
import { expectCount, seedRule } from "../../tasks/lengths.js";
import { pairLosses, type PairMetric } from "../../tasks/pairs.js";
import type { Answer, AnyTask } from "../../tasks/task.js";
import type { Tensor } from "../../graph/tensor.js";
import { pixelsOf, type Picture, type PictureSize } from "./picture.js";
import { fillPictures, type Captioned } from "./pictureBatch.js";

/** A picture, and what is said of it. */
export interface CaptionedPicture {
  readonly picture: Picture;
  readonly caption: readonly string[];
}

/** What captionsTask draws from. */
export interface CaptionsOptions {
  /** What to learn from: pictures of one size. */
  captions: readonly CaptionedPicture[];
  /** Default: the words of the captions, in the order of their code units. */
  symbols?: readonly string[];
  /** Pixels by which training moves a picture each way, at most; its border is repeated. Default: 0. */
  shift?: number;
  /** The captions' checksum, if it must be a certain one. */
  crc32?: number | null;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** A task of telling what is in pictures. */
export interface CaptionsTask extends AnyTask<PairMetric>, PictureSize {
  readonly symbols: readonly string[];
  readonly metrics: {
    /** The part of a caption's words that are wrong, the end included. */
    readonly symbolError: (answer: Answer) => Tensor;
    /** 1 for a caption with anything wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
  };
}

/** Default and check of each option; a function, since importing calls nothing. */
export const captionsRules = ({ captions }: Partial<CaptionsOptions> = {}) =>
  ({
    symbols: [wordsOf(captions ?? []), isVocabulary],
    shift: [0, whole(0, { most: 64 })],
    crc32: [null, orNull(whole(0, { most: 0xffff_ffff }))],
    seed: seedRule(),
  }) as const;

/**
 * Pictures and their captions, word by word. The options that the task keeps hold the vocabulary and a checksum, but
 * not the pictures.
 *
 * @throws TypeError, RangeError when there are none, one is no picture or of another size than the first, a caption has
 * a word that is not in the vocabulary, or the checksum is another.
 * @example
 * const task = captionsTask({ captions: [{ picture, caption: ["red", "circle"] }], seed: 1 });
 */
export function captionsTask(options: CaptionsOptions): CaptionsTask {
  const owner = "captionsTask";
  const { captions, ...rest } = expectOptions(owner, options);
  if (!Array.isArray(captions) || !captions.length)
    throw new RangeError(`${owner}: captions is ${shown(captions)}, and must be an array of pictures with captions`);
  const size = sizeOf(owner, captions[0]);
  const pictures = (captions as readonly CaptionedPicture[]).map((each, i) => {
    const isCaption = Array.isArray(each?.caption) && each.caption.every((word) => typeof word === "string");
    if (!isCaption)
      throw new TypeError(`${owner}: caption ${i} is ${shown(each?.caption)}, and must be an array of words`);
    return pixelsOf(owner, each.picture, `picture ${i}`, size);
  });
  const checked = checkOptions(owner, rest, captionsRules(options));
  const { symbols, shift, seed } = checked;
  const checksum = checksumOf(captions as readonly CaptionedPicture[]);
  if (checked.crc32 !== null && checked.crc32 !== checksum)
    throw new RangeError(
      `${owner}: the captions' CRC-32 is ${checksum}, and must be ${checked.crc32}: they are others`,
    );
  const vocabulary = new Vocabulary(symbols);
  const examples = (captions as readonly CaptionedPicture[]).map(({ caption }, i): Captioned => {
    const ids = caption.map((word) => {
      const id = vocabulary.numberOf(word);
      if (id !== undefined) return id;
      throw new RangeError(`${owner}: caption ${i} has the word ${shown(word)}, which is not in its vocabulary`);
    });
    return [pictures[i]!, ids];
  });
  return {
    name: "captions",
    options: { symbols, shift, crc32: checksum, seed },
    symbols,
    ...size,
    seed,
    generate(random, count, batch, { step } = {}) {
      expectCount(owner, count);
      const drawn = Array.from({ length: count }, (): Captioned => {
        const [pixels, ids] = examples[random.integer(0, examples.length - 1)]!;
        return [step !== undefined && shift ? moved(random, pixels, size, shift) : pixels, ids];
      });
      fillPictures(batch, drawn);
    },
    ...pairLosses,
  };
}

function sizeOf(owner: string, first: unknown): PictureSize {
  const { height, width, channels } = ((first as Partial<CaptionedPicture> | null)?.picture ?? {}) as Partial<Picture>;
  const sides = [height, width, channels];
  if (sides.every((side) => Number.isInteger(side) && side! > 0))
    return { height: height!, width: width!, channels: channels! };
  throw new TypeError(`${owner}: picture 0 is ${shown(first)}, and must be { height, width, channels, pixels }`);
}

/** A picture that is moved by so many pixels at most; its border is repeated. */
function moved(
  random: Random,
  pixels: ArrayLike<number>,
  { height, width, channels }: PictureSize,
  most: number,
): Float32Array {
  const [down, right] = [random.integer(-most, most), random.integer(-most, most)];
  const within = (at: number, size: number): number => Math.min(Math.max(at, 0), size - 1);
  const next = new Float32Array(height * width * channels);
  for (let y = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) {
      const from = (within(y - down, height) * width + within(x - right, width)) * channels;
      for (let c = 0; c < channels; ++c) next[(y * width + x) * channels + c] = pixels[from + c]!;
    }
  return next;
}

function wordsOf(captions: unknown): string[] {
  if (!Array.isArray(captions)) return [];
  const words = new Set<string>();
  for (const { caption } of captions as readonly CaptionedPicture[]) for (const word of caption) words.add(word);
  return [...words].sort((a, b) => (a < b ? -1 : 1));
}

/** Of all pixels, as floats, and of what is said of them. */
const checksumOf = (captions: readonly CaptionedPicture[]): number =>
  captions.reduce((crc, { picture, caption }) => {
    const said = bytesOf(`${caption.join("\u001f")}\u001e`);
    return crc32(new Uint8Array(Float32Array.from(picture.pixels).buffer), crc32(said, crc));
  }, 0);
