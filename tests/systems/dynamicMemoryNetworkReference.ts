/**
 * A dynamic memory network in double precision, one question at a time and without padding, as Kumar et al. 2015 and
 * Xiong et al. 2016 write it, with squares for absolute differences.
 */
import type { DynamicMemoryNetwork } from "../../bindings/systems/dynamicMemoryNetwork/dynamicMemoryNetwork.js";
import type { NumberedStory } from "../../bindings/tasks/babi/fillStories.js";
import { affineOf, parametersOf } from "../support/parametersOf.js";

type Vector = readonly number[];

const plus = (...all: readonly Vector[]): number[] => all[0]!.map((_, i) => all.reduce((sum, x) => sum + x[i]!, 0));
const minus = (a: Vector, b: Vector): number[] => a.map((x, i) => x - b[i]!);
const times = (a: Vector, b: Vector): number[] => a.map((x, i) => x * b[i]!);
const scaled = (by: number, a: Vector): number[] => a.map((x) => by * x);
const sigma = (x: number): number => 1 / (1 + Math.exp(-x));
const mix = (gate: number, a: Vector, b: Vector): number[] => plus(scaled(gate, a), scaled(1 - gate, b));

export function softmax(x: Vector): number[] {
  const most = Math.max(...x);
  const e = x.map((each) => Math.exp(each - most));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((each) => each / sum);
}

/** Logits of all words, and of each episode the scores of facts before their gates, and the gates. */
export interface Pass {
  readonly logits: number[];
  readonly scores: number[][];
  readonly gates: number[][];
}

/** The network's answer to one question. */
export function dynamicMemoryPass(model: DynamicMemoryNetwork, parameters: Float64Array, asked: NumberedStory): Pass {
  const { hiddenSize: d, embeddingSize, episodes, attention, encoding, words } = model.options;
  const named = parametersOf(model);
  void model.parameters;
  const numbers = (name: string): number[] => {
    const { offset, shape } = named.get(name)!;
    const size = shape.reduce((a, b) => a * b, 1);
    return Array.from(parameters.subarray(offset, offset + size));
  };
  const affine = affineOf(model, parameters);
  const zero = Array<number>(d).fill(0);
  const gru = (name: string, x: Vector, h: Vector): number[] => {
    const [ofX, ofH] = [affine(`${name}.input`, x), affine(`${name}.hidden`, h)];
    return h.map((before, k) => {
      const r = sigma(ofX[k]! + ofH[k]!);
      const z = sigma(ofX[d + k]! + ofH[d + k]!);
      const n = Math.tanh(ofX[2 * d + k]! + r * ofH[2 * d + k]!);
      return z * before + (1 - z) * n;
    });
  };
  const attentionGru = (name: string, x: Vector, h: Vector, g: number): number[] => {
    const [ofX, ofH] = [affine(`${name}.input`, x), affine(`${name}.hidden`, h)];
    const n = h.map((_, k) => Math.tanh(ofX[d + k]! + sigma(ofX[k]! + ofH[k]!) * ofH[d + k]!));
    return mix(g, n, h);
  };
  const states = (name: string, xs: readonly Vector[]): number[][] => {
    let h = zero;
    return xs.map((x) => (h = gru(name, x, h)));
  };

  const table = numbers("reader.embedding.vectors");
  const vector = (word: number): number[] => table.slice(word * embeddingSize, (word + 1) * embeddingSize);
  const q = states("reader.words", asked.question.map(vector)).at(-1)!;

  let facts: number[][];
  if (encoding === "words") {
    const all = states("reader.words", asked.story.flat().map(vector));
    let end = -1;
    facts = asked.story.map((sentence) => all[(end += sentence.length)]!);
  } else {
    // l_jk of facebook/MemNN, with places from 1.
    const l = (j: number, k: number): number =>
      1 + (4 * (k + 1 - (embeddingSize + 1) / 2) * (j + 1 - (words + 1) / 2)) / (embeddingSize * words);
    const encoded = asked.story.map((sentence) =>
      plus(Array<number>(embeddingSize).fill(0), ...sentence.map((word, j) => vector(word).map((x, k) => x * l(j, k)))),
    );
    const forward = states("reader.forward", encoded);
    const backward = states("reader.backward", encoded.toReversed()).toReversed();
    facts = forward.map((state, s) => plus(state, backward[s]!));
  }

  const squares = (x: Vector): number[] => times(x, x);
  const [W, b] = [numbers("memory.scores.weights"), numbers("memory.scores.bias")];
  const scoreOf = (c: Vector, m: Vector): number => {
    const interactions = [...times(c, q), ...squares(minus(c, q)), ...times(c, m), ...squares(minus(c, m))];
    const z = attention === "gate" ? [...c, ...q, ...m, ...interactions] : interactions;
    const hidden = b.map((bias, j) => Math.tanh(z.reduce((sum, each, i) => sum + each * W[i * d + j]!, bias)));
    return affine("memory.scores.score", hidden)[0]!;
  };

  let m = q;
  const [scores, gates]: number[][][] = [[], []];
  for (let episode = 1; episode <= episodes; ++episode) {
    const score = facts.map((c) => scoreOf(c, m));
    const g = attention === "gate" ? score.map(sigma) : softmax(score);
    let h = zero;
    facts.forEach((c, s) => {
      h =
        attention === "gate" ? mix(g[s]!, gru("memory.episode", c, h), h) : attentionGru("memory.episode", c, h, g[s]!);
    });
    m =
      attention === "gate"
        ? gru("memory.update", h, m)
        : affine(`memory.update${episode}`, [...m, ...h, ...q]).map((x) => Math.max(0, x));
    scores!.push(score);
    gates!.push(g);
  }
  return { logits: affine("output", m), scores: scores!, gates: gates! };
}

/** The cross-entropy of an episode's gates against supporting facts, summed over episodes. */
export function supportLossOf({ scores, gates }: Pass, support: readonly number[], attention: string): number {
  let loss = 0;
  gates.forEach((gate, i) => {
    const wanted = support.filter((_, fact) => Math.min(fact, gates.length - 1) === i);
    if (!wanted.length) return;
    if (attention === "softmax") for (const s of wanted) loss -= Math.log(softmax(scores[i]!)[s]!);
    else gate.forEach((g, s) => (loss -= Math.log(wanted.includes(s) ? g : 1 - g)));
  });
  return loss;
}
