import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parityOf, parityTask } from "../../bindings/tasks/parity.js";
import { drawn, sequencesOf } from "../support/answered.js";
import { expectUniform } from "../support/chiSquare.js";
import { golden, type Example } from "../support/golden.js";

const parity = suite("parity");
const isEntry = (value: number): boolean => value !== 0;

parity("has the paper's sizes", () => {
  const { inputSize, outputSize, targetSize, options } = parityTask();
  assert.equal([inputSize, outputSize, targetSize], [64, 1, 1]);
  assert.equal(options, { bits: 64, seed: 0 });
});
parity("of examples by hand: +1 counts, −1 does not", () => {
  for (const [vector, expected] of [
    [[0, 1, 0], 1],
    [[0, -1, 0], 0],
    [[1, 1, -1], 0],
    [[1, -1, -1, 1, 1], 1],
    [[-1, 0, -1], 0],
  ] as const) {
    assert.is(parityOf(vector), expected, String(vector));
  }
});
parity("one step of −1, 0 and +1, whose answer is that of a product of signs", () => {
  for (const { inputs, targets, due } of sequencesOf(drawn(parityTask({ bits: 9 }), 500))) {
    assert.is(inputs.length, 1);
    assert.equal(due, [true]);
    assert.ok(inputs[0]!.every((value) => [-1, 0, 1].includes(value)));
    assert.ok(inputs[0]!.some(isEntry));
    const product = inputs[0]!.reduce((sign, value) => (value === 1 ? -sign : sign), 1);
    assert.equal(targets, [[product === -1 ? 1 : 0]]);
  }
});
parity("the number of entries, their places and their signs are even, and so are the answers", () => {
  const counts = Array<number>(16).fill(0);
  const places = Array<number>(16).fill(0);
  const signs = [0, 0];
  const answers = [0, 0];
  for (const { inputs, targets } of sequencesOf(drawn(parityTask({ bits: 16 }), 8000))) {
    const [vector] = inputs as [number[]];
    ++counts[vector.filter(isEntry).length - 1]!;
    vector.forEach((value, i) => (places[i]! += Math.abs(value)));
    for (const value of vector.filter(isEntry)) ++signs[value === 1 ? 1 : 0]!;
    ++answers[targets[0]![0]!]!;
  }
  for (const each of [counts, places, signs, answers]) expectUniform(each);
});
parity("as many entries as are asked for, as a length or as a difficulty", () => {
  for (const wanted of [1, 5, 16]) {
    for (const options of [{ length: wanted }, { difficulty: wanted }]) {
      for (const { inputs } of sequencesOf(drawn(parityTask({ bits: 16 }), 50, options))) {
        assert.is(inputs[0]!.filter(isEntry).length, wanted);
      }
    }
  }
});

for (const name of ["act", "noact"]) {
  parity(`${name}: the reference's answers`, () => {
    const { examples } = golden<{ examples: readonly Example[] }>(`tf-rnn-adaptive-act/golden-parity-${name}.json.gz`);
    assert.is(examples.length, 8);
    for (const { input, target } of examples) assert.is(parityOf(input[0]!), target[0]);
  });
}
parity.run();
