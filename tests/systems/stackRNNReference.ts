/** A stack-augmented RNN in double precision, cell by cell as the paper's equations have it. */
import type { StackRNN } from "../../bindings/systems/stackRNN/stackRNN.js";
import { affineOf } from "../support/parametersOf.js";

/** One sequence: logits, and the stacks, the top first, after each step. */
export interface Pass {
  readonly logits: readonly (readonly number[])[];
  readonly stacks: readonly (readonly (readonly number[])[])[];
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const all = logits.map((logit) => Math.exp(logit - most));
  const sum = all.reduce((a, b) => a + b, 0);
  return all.map((each) => each / sum);
}

const oneHot = (logits: readonly number[]): number[] => {
  const most = logits.indexOf(Math.max(...logits));
  return logits.map((_, i) => Number(i === most));
};

/** Section 3.2 of Joulin & Mikolov 2015, with biases; `rounded` takes the most probable action. */
export function stackRNNPass(
  model: StackRNN,
  parameters: Float64Array,
  inputs: readonly (readonly number[])[],
  rounded: boolean,
): Pass {
  const { stacks: count, capacity, depth, noop, recurrent, hiddenSize } = model.options;
  const apply = affineOf(model, parameters);
  const kinds = noop ? 3 : 2;
  let stacks = Array.from({ length: count }, () => new Array<number>(capacity).fill(-1));
  let hidden = new Array<number>(hiddenSize).fill(0);
  const pass: { logits: number[][]; stacks: number[][][] } = { logits: [], stacks: [] };
  for (const x of inputs) {
    const tops = stacks.flatMap((stack) => stack.slice(0, depth));
    hidden = apply("hidden", [...x, ...tops, ...(recurrent ? hidden : [])]).map(sigmoid);
    const actions = apply("actions", hidden);
    const pushed = apply("values", hidden).map(sigmoid);
    stacks = stacks.map((stack, j) => {
      const own = actions.slice(j * kinds, (j + 1) * kinds);
      const [push, pop, stay = 0] = rounded ? oneHot(own) : softmax(own);
      return stack.map(
        (value, i) => push! * (i ? stack[i - 1]! : pushed[j]!) + pop! * (stack[i + 1] ?? -1) + stay * value,
      );
    });
    pass.logits.push(apply("output", hidden));
    pass.stacks.push(stacks);
  }
  return pass;
}
