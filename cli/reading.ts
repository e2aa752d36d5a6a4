import { withEngine } from "./engine.js";
import { UsageError } from "./errors.js";
import { tracedOf, type Held, type Subject } from "./held.js";
import { count, measure } from "./numbers.js";
import type { Runner } from "./systems/commands.js";
import type { Terminal } from "./terminal.js";
import { visible } from "../bindings/common/visible.js";

/** What a model made of a character it read. */
export interface ReadCharacter {
  readonly character: string;
  /** Ponder steps, of a model that ponders. */
  readonly ponder?: number;
  /** Bits that the character behind it cost: −log₂ of the probability it was given. The last has none behind it. */
  readonly bits?: number;
}

export interface ReadText {
  readonly characters: readonly ReadCharacter[];
  /** Mean bits of a character. */
  readonly bitsPerCharacter: number;
  /** Mean ponder steps of all characters, of those in front of a new word, and of those in front of others. */
  readonly ponder?: { readonly mean: number; readonly beforeWord: number; readonly elsewhere: number };
}

interface ReadingOptions {
  /** Whether the model traces ponder steps. Default: false. */
  readonly ponders?: boolean;
}

/** Run of a model of text, which reads one. */
export const reading = (held: Held<Subject>, { ponders = false }: ReadingOptions = {}): Runner => ({
  async run(text) {
    const read = await readText(held, text, ponders ? ["ponder"] : []);
    return { json: read, say: (terminal) => sayRead(read, terminal) };
  },
});

/**
 * Lets a model that was trained to predict text read one, character by character.
 * @throws UsageError when the text is too short, or has a character the model does not know.
 */
async function readText(held: Held<Subject>, input: Uint8Array, traced: readonly string[]): Promise<ReadText> {
  const { model } = held;
  const { characters, codes, inputs } = encodeText(held, input);
  return withEngine((engine) => {
    const { outputs, trace } = model.run(engine, inputs, { trace: tracedOf(model, traced) });
    const bits = outputs.slice(0, -1).map((logits, t) => bitsOf(logits, codes[t + 1]!));
    const ponder = trace["ponder"]?.map((row) => row[0]!);
    return {
      characters: characters.map((character, t) => ({
        character,
        ...(ponder && { ponder: ponder[t]! }),
        ...(bits[t] !== undefined && { bits: bits[t] }),
      })),
      bitsPerCharacter: mean(bits),
      ...(ponder && { ponder: ponderOf(characters, ponder) }),
    };
  });
}

/** A text as a model of text takes it: a vector a character, with a 1 in its place. @throws UsageError as readText does. */
export function encodeText(
  { file, model, task }: Held<Subject>,
  input: Uint8Array,
): { readonly characters: readonly string[]; readonly codes: readonly number[]; readonly inputs: Float32Array[] } {
  const alphabet = (task?.options["alphabet"] ?? null) as string | null;
  const characters =
    alphabet === null ? Array.from(input, (byte) => String.fromCharCode(byte)) : [...new TextDecoder().decode(input)];
  if (characters.length < 2)
    throw new UsageError("The text must have at least two characters: one, and one to predict");
  const codes = alphabet === null ? [...input] : codesOf(characters, alphabet, file);
  const inputs = codes.map((code) => {
    const row = new Float32Array(model.inputSize);
    row[code] = 1;
    return row;
  });
  return { characters, codes, inputs };
}

function codesOf(characters: readonly string[], alphabet: string, file: string): number[] {
  const codes = new Map([...alphabet].map((character, code) => [character, code]));
  return characters.map((character, i) => {
    const code = codes.get(character);
    if (code !== undefined) return code;
    throw new UsageError(
      `Character ${i + 1} of the text, "${visible(character)}", is none of the ${codes.size} that ${file} knows: ${visible([...alphabet].join(""))}`,
    );
  });
}

/** −log₂ softmax, from the largest down, for a display. */
function bitsOf(logits: ArrayLike<number>, code: number): number {
  const all = Array.from(logits);
  const most = Math.max(...all);
  const sum = all.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return Math.log2(sum) - (all[code]! - most) / Math.LN2;
}

const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

function ponderOf(characters: readonly string[], ponder: readonly number[]): NonNullable<ReadText["ponder"]> {
  // What is read in front of a word's first letter is what the first letter is predicted from.
  const isBefore = characters.map((character, t) => !isWord(character) && isWord(characters[t + 1]));
  return {
    mean: mean(ponder),
    beforeWord: mean(ponder.filter((_, t) => isBefore[t])),
    elsewhere: mean(ponder.filter((_, t) => !isBefore[t])),
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / (values.length || 1);

const BARS = " ▁▂▃▄▅▆▇█";

/** The text with a bar over every character: ponder steps, or bits where the model does not ponder. */
function sayRead({ characters, bitsPerCharacter, ponder }: ReadText, { columns }: Terminal): void {
  const values = characters.map(({ ponder, bits }) => ponder ?? bits ?? 0);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const bar = (value: number): string => BARS[1 + Math.round((7 * (value - least)) / (most - least || 1))]!;
  const width = Math.max(16, columns - 1);
  for (let begin = 0; begin < characters.length; begin += width) {
    const part = characters.slice(begin, begin + width);
    console.log(
      part
        .map((_, i) => bar(values[begin + i]!))
        .join("")
        .trimEnd(),
    );
    console.log(visible(part.map(({ character }) => character).join(""))); // one column each
    console.log("");
  }
  const what = ponder ? "ponder steps on the character below" : "bits that the next character cost";
  console.log(`Bars: ${what}, from ${short(least)} to ${short(most)}.`);
  if (ponder) {
    const { mean, beforeWord, elsewhere } = ponder;
    console.log(
      `${short(mean)} ponder steps a character: ${short(beforeWord)} where a new word starts, ${short(elsewhere)} elsewhere.`,
    );
  }
  console.log(`${measure(bitsPerCharacter)} bits a character over ${count(characters.length - 1)}.`);
}

const short = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));
