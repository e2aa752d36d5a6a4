/** Equals in kernels: which of them counts, and thresholds that are reached exactly. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as ops from "../bindings/graph/ops/index.js";
import type { OpName } from "./ops/index.js";
import { array, lengthOf, type NDArray } from "./support/array.js";
import { testEngine } from "./support/engine.js";
import { KernelRun } from "./support/kernel.js";

const engine = await testEngine();

/** The values of an op, and its gradients where those of its outputs are 1, 2, 3, … */
function run(name: OpName, inputs: readonly NDArray[], attributes?: unknown): { y: number[][]; dx: number[][] } {
  const { definition } = ops[name];
  const kernel = new KernelRun(engine, definition, inputs, attributes);
  const outputs = kernel.forward();
  const counting = outputs.map(({ shape }) =>
    array(
      shape,
      Array.from({ length: lengthOf(shape) }, (_, i) => i + 1),
    ),
  );
  const dx = definition.backward ? kernel.backward(counting) : [];
  kernel.free();
  return { y: outputs.map(({ data }) => [...data]), dx: dx.map(({ data }) => [...data]) };
}

const ties = suite("ties");

for (const inner of [1, 2, 3, 4, 5, 7, 8, 9]) {
  ties(`max over a middle axis gives the gradient to the first of equals: ${inner} columns behind it`, () => {
    const repeat = 6;
    // In column i, the largest are the rows from i mod 4 on: one place behind the other, so that lanes differ.
    const first = (i: number): number => i % 4;
    const x = Array.from({ length: 2 * repeat * inner }, (_, at) => {
      const [row, column] = [Math.floor(at / inner) % repeat, at % inner];
      return row < first(column) ? -1 : 3;
    });
    const { y, dx } = run("max", [array([2, repeat, inner], x)], { axis: 1 });
    assert.equal(y, [Array<number>(2 * inner).fill(3)]);
    const expected = Array<number>(x.length).fill(0);
    for (let block = 0; block < 2; ++block) {
      for (let i = 0; i < inner; ++i) expected[(block * repeat + first(i)) * inner + i] = block * inner + i + 1;
    }
    assert.equal(dx, [expected]);
  });
}

for (const width of [2, 3, 4, 5, 8, 9, 17]) {
  ties(`of ${width} equals in a row the first is the largest`, () => {
    for (let first = 0; first < width; ++first) {
      const x = array(
        [width],
        Array.from({ length: width }, (_, i) => Number(i >= first)),
      );
      assert.equal(run("argmax", [x]).y, [[first]]);
      const { dx } = run("max", [x], {});
      assert.equal(dx, [Array.from({ length: width }, (_, i) => Number(i === first))]);
      for (const target of [first, first + 1]) {
        if (target >= width) continue;
        const row = array([1, width], x.data);
        const misses = run("classMisses", [row, array([1], [target]), array([1], [1])]).y;
        assert.equal(misses, [[Number(target !== first)]]);
      }
    }
  });
}

ties("of equal ranks a beam goes on with the one in front", () => {
  const inputs = [array([2, 3], [-1, -1, -1, -1, -1, -1]), ...[0, 2, 0].map((v) => array([2], [v, v]))];
  for (const lengthPenalty of [0, 1]) {
    const [, , , parents, symbols] = run("beamStep", inputs, { lengthPenalty }).y;
    assert.equal(
      [parents, symbols],
      [
        [0, 0],
        [0, 1],
      ],
    );
  }
});

ties("a better candidate goes in front of the worse, and behind its equals", () => {
  const logp = array([4, 2], [-3, -1, -1, -2, -2, -1, -3, -3]);
  const inputs = [logp, ...[0, 2, 0].map((v) => array([4], [v, v, v, v]))];
  const [scores, , ended, parents, symbols, ranks] = run("beamStep", inputs, { lengthPenalty: 0 }).y;
  assert.equal(scores, [-1, -1, -1, -2]);
  assert.equal(ranks, scores);
  assert.equal(
    [parents, symbols, ended],
    [
      [0, 1, 2, 1],
      [1, 0, 1, 1],
      [0, 1, 0, 0],
    ],
  );
});

ties("a row halts where what it has spent reaches 1 − ε exactly, and where its steps reach the limit", () => {
  // sums of 0.75 = 1 − ¼: reached, one step short of it in the last place, beyond it
  const below = 0.5 - 2 ** -24;
  const inputs = [
    [0.5, below, 0.5, 0],
    [0.25, 0.25, 0.5, 0],
    [0, 0, 0, 4],
    [0, 0, 0, 0],
  ].map((values) => array([4], values));
  const { y } = run("halting", inputs, { epsilon: 0.25, limit: 5 });
  assert.equal(y, [
    [0.75, below, 0.5, 1],
    [0.25, 0.25 + below, 0.5, 0],
    [1, 1, 1, 5],
    [1, 0, 1, 1],
  ]);
});

ties("minimum and maximum give each of two equals half of the gradient", () => {
  const [a, b] = [array([7], [1, 2, 3, 4, 5, 6, 7]), array([7], [1, 3, 3, 3, 5, 7, 7])];
  const halves = [0.5, 0, 1.5, 0, 2.5, 0, 3.5];
  const [below, above] = [
    [0, 2, 0, 0, 0, 6, 0],
    [0, 0, 0, 4, 0, 0, 0],
  ];
  const plus = (rest: readonly number[]): number[] => halves.map((half, i) => half + rest[i]!);
  assert.equal(run("minimum", [a, b]).dx, [plus(below), plus(above)]);
  assert.equal(run("maximum", [a, b]).dx, [plus(above), plus(below)]);
});

ties("at the limits clip passes the gradient, and relu does not at 0", () => {
  const x = array([7], [-1, -1.5, 0.75, 1, 0, -1, 0.75]);
  assert.equal(run("clip", [x], { low: -1, high: 0.75 }).dx, [[1, 0, 3, 0, 5, 6, 7]]);
  assert.equal(run("relu", [array([7], [0, 1, -0, 2, -1, 0, 3])]).dx, [[0, 2, 0, 4, 0, 0, 7]]);
});

ties("a logit of 0 says 0, and a target of ½ is a 0", () => {
  const [x, t] = [
    [0, 0, 1, -1, 0, 1, 1],
    [0, 1, 1, 0, 0.5, 0.5, 0],
  ].map((values) => array([1, 7], values));
  assert.equal(run("bitErrors", [x!, t!, array([1], [1])]).y, [[3]]);
  assert.equal(run("bitMisses", [x!, array([1, 7], [0, 0, 1, 0, 0, 1, 1]), array([1], [1])]).y, [[0]]);
});

ties("huber is a square up to δ, δ itself with it", () => {
  const t = array([1, 7], Array<number>(7).fill(0));
  const { y, dx } = run("huber", [array([1, 7], [0.5, -0.5, 0.25, 1, -1, 0, 2]), t, array([1], [1])], { delta: 0.5 });
  assert.equal(y, [[0.125 + 0.125 + 0.03125 + 0.375 + 0.375 + 0.875]]);
  assert.equal(dx[0], [0.5, -0.5, 0.25, 0.5, -0.5, 0, 0.5]);
});
ties.run();
