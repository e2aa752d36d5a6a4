import { suite } from "uvu";
import * as assert from "uvu/assert";
import { applyGates, logicTask } from "../../bindings/tasks/logic.js";
import { drawn, sequencesOf } from "../support/answered.js";
import { expectUniform } from "../support/chiSquare.js";
import { golden, type Example } from "../support/golden.js";

type Gate = (p: boolean, q: boolean) => boolean;

/** By what they mean, in the order of the paper's Table 1. */
const meanings: readonly (readonly [name: string, gate: Gate])[] = [
  ["NOR", (p, q) => !(p || q)],
  ["Xq", (p, q) => !p && q],
  ["ABJ", (p, q) => p && !q],
  ["XOR", (p, q) => p !== q],
  ["NAND", (p, q) => !(p && q)],
  ["AND", (p, q) => p && q],
  ["XNOR", (p, q) => p === q],
  ["if/then", (p, q) => !p || q],
  ["then/if", (p, q) => p || !q],
  ["OR", (p, q) => p || q],
];

/** The gates of a vector, after checking that they are one-hot and without a gap. */
function gatesOf(input: readonly number[]): number[] {
  const chunks = Array.from({ length: (input.length - 2) / 10 }, (_, i) => input.slice(2 + 10 * i, 12 + 10 * i));
  const gates = chunks.map((chunk) => {
    assert.ok(chunk.every((value) => value === 0 || value === 1));
    const chosen = chunk.flatMap((value, gate) => (value ? [gate] : []));
    assert.ok(chosen.length <= 1);
    return chosen[0];
  });
  const used = gates.filter((gate) => gate !== undefined);
  assert.equal(gates.slice(0, used.length), used);
  return used;
}

/** b₀, b₁, …, all of them. */
function chain(b0: boolean, b1: boolean, gates: readonly number[]): boolean {
  const bits = [b0, b1];
  gates.forEach((gate, i) => bits.push(meanings[gate]![1](bits[i + 1]!, bits[i]!)));
  return bits.at(-1)!;
}

/** Every answer of a sequence, from its inputs alone. */
function answersOf(inputs: readonly (readonly number[])[]): number[] {
  let remembered = inputs[0]![0] === 1;
  return inputs.map((input, step) => {
    if (step > 0) assert.is(input[0], 0);
    remembered = chain(remembered, input[1] === 1, gatesOf(input));
    return Number(remembered);
  });
}

const logic = suite("logic");
logic("has the paper's sizes", () => {
  const { inputSize, outputSize, targetSize, options } = logicTask();
  assert.equal([inputSize, outputSize, targetSize], [102, 1, 1]);
  assert.equal(options, { minLength: 1, maxLength: 10, maxGates: 10, seed: 0 });
  assert.is(logicTask({ maxGates: 5 }).inputSize, 52);
});
meanings.forEach(([name, gate], i) => {
  logic(`${name} has its truth table, with P the later bit`, () => {
    for (const p of [false, true]) {
      for (const q of [false, true]) assert.is(applyGates(Number(q), Number(p), [i]), Number(gate(p, q)));
    }
  });
});
logic("an example by hand", () => {
  // b₀ = 1, b₁ = 0; NOR(0, 1) = 0; OR(0, 0) = 0; XNOR(0, 0) = 1; ABJ(1, 0) = 1; if/then(1, 1) = 1; XOR(1, 1) = 0
  const bits = [0, 9, 6, 2, 7, 3].map((_, i, gates) => applyGates(1, 0, gates.slice(0, i + 1)));
  assert.equal(bits, [0, 0, 1, 1, 1, 0]);
});
logic("every answer follows from the inputs; later vectors show no b₀", () => {
  const lengths = new Set<number>();
  for (const { inputs, targets, due } of sequencesOf(drawn(logicTask(), 400))) {
    lengths.add(inputs.length);
    assert.ok(due.every(Boolean));
    assert.equal(targets.flat(), answersOf(inputs));
  }
  assert.is(lengths.size, 10);
});
logic("lengths, gates, their number and the bits are even", () => {
  const [lengths, numbers, gates] = [Array<number>(5).fill(0), Array<number>(6).fill(0), Array<number>(10).fill(0)];
  const [b0, b1] = [
    [0, 0],
    [0, 0],
  ];
  for (const { inputs } of sequencesOf(drawn(logicTask({ minLength: 2, maxLength: 6, maxGates: 6 }), 3000))) {
    ++lengths[inputs.length - 2]!;
    ++b0[inputs[0]![0]!]!;
    for (const input of inputs) {
      ++b1[input[1]!]!;
      const used = gatesOf(input);
      ++numbers[used.length - 1]!;
      for (const gate of used) ++gates[gate]!;
    }
  }
  for (const each of [lengths, numbers, gates, b0, b1]) expectUniform(each);
});
logic("as many vectors and gates as are asked for", () => {
  for (const { inputs } of sequencesOf(drawn(logicTask(), 50, { length: 13, difficulty: 7 }))) {
    assert.is(inputs.length, 13);
    for (const input of inputs) assert.is(gatesOf(input).length, 7);
  }
});

for (const name of ["act", "noact"]) {
  logic(`${name}: the reference's answers`, () => {
    const { examples } = golden<{ examples: readonly Example[] }>(`tf-rnn-adaptive-act/golden-logic-${name}.json.gz`);
    assert.is(examples.length, 8);
    for (const { input, target } of examples) {
      assert.is(input[0]!.length, logicTask().inputSize);
      let b0 = input[0]![0]!;
      const answers = input.map((vector) => (b0 = applyGates(b0, vector[1]!, gatesOf(vector))));
      assert.equal(answers, target);
      assert.equal(answersOf(input), target);
    }
  });
}
logic.run();
