import { broadcast, categoricalCrossEntropy, classMisses, divide, max, sum } from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Random } from "../../common/random/philox.js";
import { drawLengths, longestOf } from "../../tasks/lengths.js";
import type { Answer, Task } from "../../tasks/task.js";

/** Metrics of next-character prediction: the part of the characters that are wrong, and whether any is. */
export type StringMetric = "sequenceError" | "characterError";

/** String of a language, of which a part follows from the rest. */
export interface DrawnString {
  readonly text: string;
  /** First character that follows from those in front of it, as all behind it do. */
  readonly determined: number;
}

/** What makes a task of strings. */
export interface StringTaskParts {
  readonly owner: string;
  readonly name: string;
  /** Characters there are. */
  readonly alphabet: string;
  readonly options: Readonly<Record<string, unknown>> & {
    readonly minLength: number;
    readonly maxLength: number;
    readonly strings: number;
    readonly seed: number;
  };
  /** First character of all strings, where they have one in common: so it is determined, too. */
  readonly first?: string;
  /** Whether only determined characters are learned. Default: all are. */
  readonly learnsDetermined?: boolean;
  /** String of a length, in the task's own terms. */
  draw(random: Random, length: number): DrawnString;
  readonly followers: StringTask["followers"];
}

/** Task of strings, one behind the other. */
export interface StringTask extends Task<StringMetric> {
  /** Characters there are, in the order of inputs and outputs. */
  readonly alphabet: string;
  /**
   * Characters that may come behind each prefix of a text, the first of which is empty: one string more than the text
   * has characters, or fewer where the text leaves the language, since nothing follows from there on.
   */
  followers(text: string): readonly string[];
  readonly metrics: {
    /** 1 for a sequence with any determined character wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
    /** Share of a sequence's determined characters that are wrong. */
    readonly characterError: (answer: Answer) => Tensor;
  };
}

/**
 * Prediction of the next character of strings that follow one another, as in Joulin & Mikolov 2015, arXiv:1503.01007,
 * section 4.1: one-hot characters go in, and no mark says where a string ends. Only determined characters count.
 */
export function stringTask(parts: StringTaskParts): StringTask {
  const { owner, name, alphabet, options, first, learnsDetermined = false, draw, followers } = parts;
  const { minLength, maxLength, strings, seed } = options;
  const codes = new Map([...alphabet].map((character, code) => [character, code]));
  const size = codes.size;
  return {
    name,
    options,
    alphabet,
    inputSize: size,
    outputSize: size,
    targetSize: 1,
    seed,
    followers,
    generate(random, count, batch, { length, difficulty = length } = {}) {
      const drawn = Array.from({ length: count }, () => {
        const lengths = drawLengths(owner, random, strings, { minLength, maxLength }, difficulty);
        return lengths.map((each) => draw(random, each));
      });
      // Behind the last string, its next one begins, where that is known.
      const texts = drawn.map((all) => all.map(({ text }) => text).join("") + (first ?? ""));
      batch.reset(longestOf(texts.map((text) => text.length - 1)), count);
      drawn.forEach((all, sequence) => {
        const text = texts[sequence]!;
        batch.lengths[sequence] = text.length - 1;
        for (let step = 0; step + 1 < text.length; ++step) {
          batch.inputs[batch.inputAt(step, sequence) + codes.get(text[step]!)!] = 1;
          batch.targets[batch.targetAt(step, sequence)] = codes.get(text[step + 1]!)!;
        }
        let begin = 0;
        for (const { text: own, determined } of all) {
          if (first !== undefined && begin) batch.expect(begin - 1, sequence);
          for (let at = determined; at < own.length; ++at) batch.expect(begin + at - 1, sequence);
          begin += own.length;
        }
        if (first !== undefined) batch.expect(begin - 1, sequence);
      });
    },
    loss: ({ logits, targets, mask, inside }) =>
      categoricalCrossEntropy(logits, reshape(targets, mask.shape), learnsDetermined ? mask : inside),
    metrics: {
      sequenceError: (answer) => sum(max(misses(answer), { axis: 0 })),
      characterError: (answer) => sum(sum(divide(misses(answer), counts(answer)))),
    },
  };
}

const misses = ({ logits, targets, mask }: Answer) => classMisses(logits, reshape(targets, mask.shape), mask);

/** (time, batch): the determined characters of its sequence, at every step. */
const counts = ({ mask }: Answer) => broadcast(sum(mask, { axis: 0 }), { axis: 0, count: mask.shape[0]! });

/**
 * Characters that may come behind each prefix of a text, by a reader that is told one character at a time: it says which
 * may come, and forgets a string once it is over. See StringTask.followers.
 */
export function followersOf(text: string, reader: StringReader): readonly string[] {
  const all = [reader.allowed()];
  for (const character of text) {
    if (!all.at(-1)!.includes(character)) break;
    reader.read(character);
    all.push(reader.allowed());
  }
  return all;
}

/** Recogniser of strings that follow one another. */
export interface StringReader {
  /** Characters that may come next. */
  allowed(): string;
  /** Takes one of them. */
  read(character: string): void;
}
