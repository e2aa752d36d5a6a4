import { argmaxOf } from "../bindings/common/argmax.js";
import type { Engine } from "../bindings/full.js";
import { withEngine } from "./engine.js";
import { tracedOf, type Held, type Subject } from "./held.js";
import type { Runner } from "./systems/commands.js";
import type { Terminal } from "./terminal.js";
import { encodeSource, inputsOf, readWords, type EncodedSource } from "./transduction.js";

/** Vector in a memory. */
export interface StoredVector {
  /** Word at whose step it was pushed. */
  readonly word: string;
  /** How much of it is there, and how much was read, from 0 to 1. */
  readonly strength: number;
}

/** What a step read and said, and what it left in the memory. */
export interface StackStep {
  readonly word: string;
  /** Word of the target, or the end; left out before the separator. */
  readonly said?: string;
  /** Left out by a compiled model that was compiled without its traces. Of a deque: the bottom, then the top. */
  readonly push?: readonly number[];
  readonly pop?: readonly number[];
  /** From the bottom, or from the front. */
  readonly memory?: readonly StoredVector[];
}

const TRACES = ["push", "pop", "strengths"];
const END = "end";

/** Run of a model that transduces: its target, each word of it read again, and its memory. */
export const stackReading = (held: Held<Subject>): Runner => ({
  async run(bytes) {
    const encoded = encodeSource(held, new TextDecoder().decode(bytes));
    const { model } = held;
    const { said, ended, steps } = await withEngine((engine) => {
      const decoded = decode(engine, model, encoded);
      return { ...decoded, steps: stepsOf(engine, model, encoded, decoded) };
    });
    const { source, target } = encoded;
    const right = ended && said.join(" ") === target.join(" ");
    return {
      json: { source, target: said, ended, right, steps },
      say(terminal) {
        sayMemory(steps, terminal);
        console.log(said.join(" "));
        if (!ended) console.log(`It came to no end within ${said.length} words.`);
        if (!right) console.log(`✗ It must be: ${target.join(" ")}`);
      },
    };
  },
});

interface Decoded {
  readonly said: readonly string[];
  readonly ended: boolean;
}

/** The likeliest word at each step, which the next one reads, up to the end, or to a limit. */
function decode(engine: Engine, model: Subject, { task, source }: EncodedSource): Decoded {
  const said: string[] = [];
  const limit = 2 * source.length + 10;
  while (said.length < limit) {
    const { outputs } = model.run(engine, inputsOf(task, source, said));
    const output = argmaxOf(outputs.at(-1)!);
    if (output === 0) return { said, ended: true };
    said.push(task.targetWords[output - 1]!);
  }
  return { said, ended: false };
}

function stepsOf(
  engine: Engine,
  model: Subject,
  { task, source }: EncodedSource,
  { said, ended }: Decoded,
): StackStep[] {
  const words = readWords(source, said);
  const { trace } = model.run(engine, inputsOf(task, source, said), { trace: tracedOf(model, TRACES) });
  const { push, pop, strengths } = trace;
  const answers = [...said, ...(ended ? [END] : [])];
  return words.map((word, step) => {
    const answer = answers[step - source.length - 1];
    return {
      word,
      ...(answer !== undefined && { said: answer }),
      ...(push && pop && strengths && { push: [...push[step]!], pop: [...pop[step]!] }),
      ...(strengths && { memory: memoryOf(strengths, step, words) }),
    };
  });
}

/** Vectors after a step, from the strengths of each end's rows, (steps, ends, slots), the newest first. */
function memoryOf(
  { data, shape }: { readonly data: ArrayLike<number>; readonly shape: readonly number[] },
  step: number,
  words: readonly string[],
): StoredVector[] {
  const [, ends, slots] = shape as [number, number, number];
  const rowsOf = (end: number): StoredVector[] =>
    Array.from({ length: step + 1 }, (_, age) => ({
      word: words[step - age]!,
      strength: data[(step * ends + end) * slots + age]!,
    }));
  return ends === 1 ? rowsOf(0).reverse() : [...rowsOf(0), ...rowsOf(1).reverse()];
}

const BARS = "▁▂▃▄▅▆▇█";
const bar = (strength: number): string => (strength < 0.02 ? "·" : BARS[Math.round(7 * Math.min(1, strength))]!);

/** A step a line: what is read and said, how much is pushed and popped, and what is there after it. */
function sayMemory(steps: readonly StackStep[], { columns }: Terminal): void {
  if (!steps[0]!.memory) return;
  const width = Math.max(5, ...steps.map(({ word, said = "" }) => Math.max(word.length, said.length)));
  const ends = steps[0]!.push!.length;
  const column = 5 * ends;
  const room = Math.max(8, columns - 2 * (width + 1) - 2 * (column + 1));
  const row = (cells: readonly string[], memory: string): string =>
    [
      ...cells.slice(0, 2).map((cell) => cell.padEnd(width)),
      ...cells.slice(2).map((cell) => cell.padEnd(column)),
      memory,
    ]
      .join(" ")
      .trimEnd();
  console.log(row(["reads", "says", "push", "pop"], "memory, the first pushed first".slice(0, room)));
  for (const { word, said = "", push, pop, memory } of steps) {
    const amounts = [push!, pop!].map((values) => values.map((value) => value.toFixed(2)).join(" "));
    const bars = memory!.map(({ strength }) => bar(strength)).join("");
    const shown = bars.length > room ? `…${bars.slice(1 - room)}` : bars;
    console.log(row([word, said, ...amounts], shown));
  }
  console.log(
    ends > 1
      ? "Push and pop: the bottom, then the top. A bar is a vector's strength."
      : "A bar is a vector's strength.",
  );
}
