/**
 * A memory network in double precision, one question at a time and without empty memories, as Weston, Chopra & Bordes 2014
 * write it: sentences are compared two by two.
 */
import type { MemoryNetwork } from "../../bindings/systems/memoryNetwork/memoryNetwork.js";
import type { NumberedStory } from "../../bindings/tasks/babi/fillStories.js";
import { affineOf, parametersOf } from "../support/parametersOf.js";

type Vector = readonly number[];

const dot = (a: Vector, b: Vector): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const plus = (...all: readonly Vector[]): number[] => all[0]!.map((_, i) => all.reduce((sum, x) => sum + x[i]!, 0));
const hinge = (x: number): number => Math.max(0, x);

export function softmax(x: Vector): number[] {
  const most = Math.max(...x);
  const e = x.map((each) => Math.exp(each - most));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((each) => each / sum);
}

/** What the network makes of a question, as functions of the places of facts that it has read, 0 the oldest sentence. */
export function memoryNetworkOf(model: MemoryNetwork, parameters: Float64Array, asked: NumberedStory) {
  const { hops, embeddingSize: d, features, nonlinear, margin, symbols, words } = model.options;
  const { story } = asked;
  const named = parametersOf(model);
  void model.parameters;
  // A loop and no iterator: differences take hundreds of thousands of rows.
  const row = (name: string, i: number): number[] => {
    const first = named.get(name)!.offset + i * d;
    const vector: number[] = [];
    for (let k = 0; k < d; ++k) vector.push(parameters[first + k]!);
    return vector;
  };
  const affine = affineOf(model, parameters);

  const known = new Map<string, number[]>();
  /** U Φ of a sentence by a copy of the features. */
  const embedded = (name: string, sentence: readonly number[]): number[] => {
    const key = `${name} ${sentence.join()}`;
    if (!known.has(key)) known.set(key, bagOf(name, sentence));
    return known.get(key)!;
  };
  const bagOf = (name: string, sentence: readonly number[]): number[] => {
    const vector = (i: number): number[] => row(`${name}.vectors`, i);
    const weight = (j: number, k: number): number =>
      features === "position" ? 1 + (4 * (k + 1 - (d + 1) / 2) * (j + 1 - (words + 1) / 2)) / (d * words) : 1;
    const all = sentence.flatMap((word, j) => {
      const weighted = vector(word).map((x, k) => x * weight(j, k));
      return features === "places" ? [weighted, vector(symbols.length * (1 + j) + word)] : [weighted];
    });
    return plus(Array<number>(d).fill(0), ...all);
  };

  /** U Φ_x of the question and facts. */
  const asking = (name: string, facts: readonly number[], more: Vector): number[] => {
    const own = Math.min(3, name === "facts.asked" ? hops - 1 : hops);
    const ofFacts = facts.flatMap((fact, i) => [
      embedded(`${name}.facts`, story[fact]!),
      ...(i < own ? [embedded(`${name}.fact${i + 1}`, story[fact]!)] : []),
    ]);
    const sum = plus(embedded(`${name}.question`, asked.question), more, ...ofFacts);
    if (!nonlinear) return sum;
    return plus(sum, affine(`${name}.output`, affine(`${name}.hidden`, sum).map(Math.tanh)));
  };

  /** x of the next hop. */
  const xOf = (facts: readonly number[]): number[] => asking("facts.asked", facts, row("facts.hop", facts.length));
  /** s_O(x, y), y a sentence, with the times of y and of facts. */
  const scoreOf = (x: Vector, facts: readonly number[], y: number): number => {
    const times = facts.map((fact, i) => Math.sign(y - fact) * dot(x, row("facts.flags", 2 + i)));
    return dot(x, embedded("facts.memory", story[y]!)) + times.reduce((a, b) => a + b, 0);
  };
  const noneOf = (x: Vector): number => dot(x, row("facts.flags", 0));
  const candidatesOf = (facts: readonly number[]): number[] => [...story.keys()].filter((y) => !facts.includes(y));
  /** s_Ot(x, y, y'). */
  const lead = (x: Vector, facts: readonly number[], y: number, other: number): number =>
    scoreOf(x, facts, y) - scoreOf(x, facts, other) + Math.sign(y - other) * dot(x, row("facts.flags", 1));

  /** The next fact, undefined where there is none. */
  const next = (facts: readonly number[]): number | undefined => {
    const [x, candidates] = [xOf(facts), candidatesOf(facts)];
    if (!candidates.length) return undefined;
    const newer = dot(x, row("facts.flags", 1));
    const beatsAll = candidates.find((y) => candidates.every((other) => other === y || lead(x, facts, y, other) > 0));
    const most = Math.max(...candidates.map((y) => scoreOf(x, facts, y)));
    const near = candidates.filter((y) => scoreOf(x, facts, y) >= most - Math.abs(newer));
    const chosen = beatsAll ?? (newer >= 0 ? Math.max(...near) : Math.min(...near));
    return noneOf(x) > scoreOf(x, facts, chosen) ? undefined : chosen;
  };

  /** The facts that the network reads. */
  const read = (): number[] => {
    const facts: number[] = [];
    while (facts.length < hops) {
      const fact = next(facts);
      if (fact === undefined) break;
      facts.push(fact);
    }
    return facts;
  };

  const answers = (facts: readonly number[]): number[] => {
    const x = asking("response.asked", facts, Array<number>(d).fill(0));
    return symbols.map((_, w) => dot(x, row("response.words", w)));
  };

  /** Margin ranking, by the facts that are told. */
  const loss = (): number => {
    let sum = 0;
    const told = asked.support!.slice(0, hops);
    for (let hop = 0; hop < hops && hop <= told.length; ++hop) {
      const [facts, right] = [told.slice(0, hop), told[hop]];
      const x = xOf(facts);
      for (const other of candidatesOf(facts)) {
        if (right === undefined) sum += hinge(margin - noneOf(x) + scoreOf(x, facts, other));
        else if (other !== right) sum += hinge(margin - lead(x, facts, right, other));
      }
      if (right !== undefined) sum += hinge(margin - scoreOf(x, facts, right) + noneOf(x));
    }
    const scores = answers(told);
    scores.forEach((score, w) => {
      if (w !== asked.answer) sum += hinge(margin - scores[asked.answer]! + score);
    });
    return sum;
  };

  return { read, answers, loss };
}
