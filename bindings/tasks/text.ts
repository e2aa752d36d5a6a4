import { bytesOf as utf8, isBytes } from "../common/encodings.js";
import { crc32 } from "../common/crc32.js";
import { affine, categoricalCrossEntropy, classMisses, divide, sum } from "../graph/ops/index.js";
import { reshape } from "../graph/reshape.js";
import type { Tensor } from "../graph/tensor.js";
import { checkOptions, orNull, whole, type Check } from "../common/options.js";
import { shown } from "../common/shown.js";
import { drawLengths, seedRule } from "./lengths.js";
import type { Answer, Task } from "./task.js";

/** What textTask draws from. */
export interface TextTaskOptions {
  /** The text: characters, or bytes. */
  text: string | Uint8Array;
  /** Characters of a sequence. Default: 500. */
  length?: number;
  /** The characters there are, each once; null for bytes. Default: those of the text, in the order of their codes. */
  alphabet?: string | null;
  /** The text's checksum, if it must be a certain one: CRC-32 of its bytes, those of a string in UTF-8. */
  crc32?: number | null;
  /** Seed of the training data. Default: 0. */
  seed?: number;
}

/** What a checkpoint keeps of the options: `textTask({ ...options, text })` makes the same task of the same text only. */
export interface TextTaskRecord extends Readonly<Record<string, unknown>> {
  readonly length: number;
  readonly alphabet: string | null;
  readonly crc32: number;
  readonly seed: number;
}

const BYTES = 256;
const LN_2 = 0.6931471805599453;

/** Default and check of each option; a function, since importing calls nothing. */
export const textRules = () =>
  ({
    text: [undefined, isText],
    length: [500, whole(1)],
    alphabet: [null, isAlphabet],
    crc32: [null, orNull(whole(0, { most: 0xffff_ffff }))],
    seed: seedRule(),
  }) as const;

/**
 * Text: a stretch of a text from a random place, one character a step; the next one is wanted at every step.
 * Graves 2016, arXiv:1603.08983, section 3.5, where it is 500 bytes of enwik8. Inputs are a one-hot choice of the
 * alphabet, and so are the answers. A sequence's length is the number of its steps. Measured are the bits a character
 * and the part of the characters that are wrong, each a mean over a sequence.
 *
 * The options that the task keeps hold the text's alphabet and checksum, but not the text. A text of the same kind
 * for evaluation takes the alphabet from them.
 *
 * @throws RangeError when an option is out of range, the text is too short, holds what is not in the alphabet, or has
 * not the checksum.
 * @example
 * const task = textTask({ text: "to be or not to be, that is the question", length: 20, seed: 1 });
 */
export function textTask(
  options: TextTaskOptions,
): Task<"bitsPerCharacter" | "characterError"> & { readonly options: TextTaskRecord } {
  const { text, ...checked } = checkOptions("textTask", options, textRules());
  const { length, seed } = checked;
  const checksum = crc32(typeof text === "string" ? utf8(text) : text);
  if (checked.crc32 !== null && checked.crc32 !== checksum) {
    throw new RangeError(
      `textTask: the text's CRC-32 is ${checksum}, and must be ${checked.crc32}: it is another text`,
    );
  }
  const { alphabet, size, codes } =
    typeof text === "string" ? lettersOf(text, checked.alphabet) : bytesOf(text, checked.alphabet);
  const most = codes.length - 1; // the last character is followed by none
  if (length > most) {
    const wanted = `at least ${length + 1}, the length and one to follow`;
    throw new RangeError(`textTask: the text has ${codes.length} characters, and must have ${wanted}`);
  }

  const choice = ({ logits, targets, mask }: Answer) => [logits, reshape(targets, mask.shape), mask] as const;
  /** A sum over characters as one over sequences of the mean over each: they are all of one length. */
  const perCharacter = (total: Tensor, { mask }: Answer): Tensor => {
    const sequences = mask.shape[1] as number;
    return affine(divide(total, sum(sum(mask), {})), { scale: sequences });
  };

  return {
    name: "text",
    options: { ...checked, alphabet, crc32: checksum },
    inputSize: size,
    outputSize: size,
    targetSize: 1,
    seed,
    generate(random, count, batch, { length: asked = length } = {}) {
      const [steps] = drawLengths("textTask", random, count, { minLength: 1, maxLength: most, most }, asked);
      batch.reset(steps!, count);
      for (let sequence = 0; sequence < count; ++sequence) {
        const first = random.integer(0, most - steps!);
        for (let step = 0; step < steps!; ++step) {
          batch.inputs[batch.inputAt(step, sequence) + codes[first + step]!] = 1;
          batch.targets[batch.targetAt(step, sequence)] = codes[first + step + 1]!;
          batch.expect(step, sequence);
        }
      }
    },
    loss: (answer) => categoricalCrossEntropy(...choice(answer)),
    metrics: {
      bitsPerCharacter: (answer) =>
        affine(perCharacter(categoricalCrossEntropy(...choice(answer)), answer), { scale: 1 / LN_2 }),
      characterError: (answer) => perCharacter(sum(sum(classMisses(...choice(answer)))), answer),
    },
  };
}

/** Symbols of a text, each as the number of its class. */
interface Encoded {
  readonly alphabet: string | null;
  readonly size: number;
  readonly codes: ArrayLike<number>;
}

function lettersOf(text: string, given: string | null): Encoded {
  const letters = given === null ? [...new Set(text)].sort(byCode) : [...given];
  const classes = new Map(letters.map((letter, i) => [letter, i]));
  const codes = Uint32Array.from(text, (letter) => {
    const code = classes.get(letter);
    if (code === undefined) throw new RangeError(`textTask: the text holds ${shown(letter)}, which its alphabet lacks`);
    return code;
  });
  return { alphabet: letters.join(""), size: letters.length, codes };
}

function bytesOf(codes: Uint8Array, alphabet: string | null): Encoded {
  if (alphabet === null) return { alphabet, size: BYTES, codes };
  throw new RangeError(`textTask: alphabet is ${shown(alphabet)}, and must be null for a text of bytes`);
}

const byCode = (a: string, b: string): number => a.codePointAt(0)! - b.codePointAt(0)!;

const isText: Check<string | Uint8Array> = (value) =>
  typeof value === "string" || isBytes(value) ? undefined : "a string or a Uint8Array";

const isAlphabet: Check<string | null> = (value) => {
  if (value === null) return undefined;
  const isOne = typeof value === "string" && value !== "" && new Set(value).size === [...value].length;
  return isOne ? undefined : "a string in which no character is twice, or null";
};
