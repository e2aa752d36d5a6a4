/** An end-to-end memory network in double precision, as Sukhbaatar et al. 2015 and their code write it. */
import type { EndToEndMemoryNetwork } from "../../bindings/systems/endToEndMemoryNetwork/endToEndMemoryNetwork.js";
import type { NumberedStory } from "../../bindings/tasks/babi/fillStories.js";
import { parametersOf } from "../support/parametersOf.js";

type Vector = readonly number[];

const dot = (a: Vector, b: Vector): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const plus = (a: Vector, b: Vector): number[] => a.map((x, i) => x + b[i]!);
const scaled = (by: number, a: Vector): number[] => a.map((x) => by * x);

export function softmax(x: Vector): number[] {
  const most = Math.max(...x);
  const e = x.map((each) => Math.exp(each - most));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((each) => each / sum);
}

/** The logits of all words, and p of each hop over the slots, the latest sentence first. */
export function memoryNetworkPass(model: EndToEndMemoryNetwork, parameters: Float64Array, asked: NumberedStory) {
  const { slots, words, hops, embeddingSize: d, tying, encoding, nonlinear, symbols } = model.options;
  const named = parametersOf(model);
  void model.parameters;
  const rows = (name: string): number[][] => {
    const { offset, shape } = named.get(name)!;
    const at = (i: number): number[] => Array.from(parameters.slice(offset + i * d, offset + (i + 1) * d));
    return Array.from({ length: shape[0]! }, (_, i) => at(i));
  };
  const adjacent = tying === "adjacent";
  const of = (k: number): number[][] => rows(`embedding${k}`);
  const [A, C] = adjacent ? [of, (k: number) => of(k + 1)] : [() => rows("A"), () => rows("C")];
  const B = adjacent ? of(1) : rows("B");
  const W = (adjacent ? of(hops + 1) : rows("W")).slice(0, symbols.length);

  const J = words + 1;
  /** l_j of facebook/MemNN. */
  const weights = (j: number): number[] =>
    Array.from({ length: d }, (_, k) =>
      encoding === "position" ? 1 + (4 * (k + 1 - (d + 1) / 2) * (j + 1 - (J + 1) / 2)) / (d * J) : 1,
    );
  const zero = Array<number>(d).fill(0);
  const bag = (table: readonly Vector[], places: readonly (readonly [place: number, word: number])[]): number[] =>
    places.reduce<number[]>(
      (sum, [j, word]) =>
        plus(
          sum,
          weights(j).map((l, k) => l * table[word]![k]!),
        ),
      zero,
    );

  const latestFirst = asked.story.toReversed();
  const times = (asked.times ?? asked.story.map((_, i) => asked.story.length - 1 - i)).toReversed();
  const memories = (table: readonly Vector[]): number[][] =>
    Array.from({ length: slots }, (_, i) => {
      const sentence = latestFirst[i];
      if (!sentence) return zero;
      return bag(table, [...sentence.map((word, j) => [j, word] as const), [words, symbols.length + times[i]!]]);
    });

  let u = bag(
    B,
    asked.question.map((word, j) => [j, word]),
  );
  const attention: number[][] = [];
  for (let hop = 1; hop <= hops; ++hop) {
    const scores = memories(A(hop)).map((m) => dot(u, m));
    const p = asked.linear ? scores : softmax(scores);
    const o = memories(C(hop)).reduce((sum, c, i) => plus(sum, scaled(p[i]!, c)), zero);
    const carried = adjacent ? u : rows("H").map((row) => dot(row, u));
    u = plus(carried, o).map((x) => (nonlinear ? Math.max(0, x) : x));
    attention.push(p);
  }
  return { logits: W.map((row) => dot(row, u)), attention };
}
