import tf from "@tensorflow/tfjs";
import type { Engine } from "../bindings/engine/engine.js";
import * as ops from "../bindings/graph/ops/index.js";
import { Random } from "../bindings/common/random/philox.js";
import type { OpName } from "../tests/cases.js";
import { array, lengthOf, uniform, weighting, whole, type NDArray } from "../tests/support/array.js";
import { close } from "../tests/support/close.js";
import { repeated, type Benchmark, type Contest } from "./contest.js";
import { OpProgram } from "./opProgram.js";
import { evaluate, toTensor } from "./peers/tfjs.js";
import { tfjsOps, type TfjsOp } from "./peers/tfjsOps.js";

const CLASSES = 64;

type Input = (random: Random) => NDArray;

/** An op at a size. */
interface Kernel {
  readonly op: OpName;
  readonly size: string;
  readonly inputs: readonly Input[];
  readonly attributes?: unknown;
  /** Inputs without a gradient. */
  readonly constant?: readonly number[];
}

const inputs =
  (make: (random: Random, shape: readonly number[]) => NDArray) =>
  (...shape: number[]): Input =>
  (random) =>
    make(random, shape);
const any = inputs((random, shape) => uniform(random, shape));
const unit = inputs((random, shape) => uniform(random, shape, 0, 1));
const strength = inputs((random, shape) => uniform(random, shape, 1, 4));
const weights = inputs(weighting);
const bits = inputs((random, shape) => whole(random, shape, 2));
const classes = inputs((random, shape) => whole(random, shape, CLASSES));
const ones = inputs((_, shape) => array(shape, new Float64Array(lengthOf(shape)).fill(1)));

function products(): Kernel[] {
  const sizes = ["1x129x400", "16x129x400", "64x256x256", "128x512x512"];
  return sizes.flatMap((size): Kernel[] => {
    const [rows, inner, cols] = size.split("x").map(Number) as [number, number, number];
    const matmul: Kernel = { op: "matmul", size, inputs: [any(rows, inner), any(inner, cols)] };
    const linear: Kernel = { op: "linear", size, inputs: [any(rows, inner), any(inner, cols), any(cols)] };
    return inner === 129 ? [matmul, linear] : [matmul];
  });
}

function elementwise(): Kernel[] {
  const names = ["exp", "tanh", "sigmoid", "softplus", "relu"] as const;
  return names.map((op) => ({ op, size: "65536", inputs: [any(65_536)] }));
}

/** What a step of the controller needs, and larger ones. */
function layers(): Kernel[] {
  const steps = [1, 16].flatMap((batch): Kernel[] => [
    { op: "concat", size: `${batch}x9+20+100`, inputs: [any(batch, 9), any(batch, 20), any(batch, 100)] },
    { op: "lstmCell", size: `${batch}x100`, inputs: [any(batch, 400), any(batch, 100)] },
    { op: "softmax", size: `${batch}x128`, inputs: [any(batch, 128)] },
  ]);
  return [
    ...steps,
    { op: "lstmCell", size: "64x256", inputs: [any(64, 1024), any(64, 256)] },
    { op: "softmax", size: "512x128", inputs: [any(512, 128)] },
    { op: "layerNorm", size: "128x512", inputs: [any(128, 512), any(512), any(512)] },
  ];
}

/** The memory of the paper for one sequence and sixteen, and one of several heads. */
function addressing(): Kernel[] {
  return ["1x1x128x20", "16x1x128x20", "16x4x512x64"].flatMap((size): Kernel[] => {
    const [batch, heads, slots, width] = size.split("x").map(Number) as [number, number, number, number];
    const memory = any(batch, slots, width);
    const weighting = weights(batch, heads, slots);
    const vector = any(batch, heads, width);
    const positive = strength(batch, heads);
    const row = `${batch}x${heads}x${slots}`;
    return [
      { op: "contentSimilarity", size, inputs: [memory, vector, positive], attributes: { epsilon: 1e-8 } },
      { op: "interpolate", size: row, inputs: [unit(batch, heads), weighting, weighting] },
      { op: "circularConvolution", size: row, inputs: [weighting, weights(batch, heads, 3)] },
      { op: "sharpen", size: row, inputs: [weighting, positive] },
      { op: "weightedRead", size, inputs: [memory, weighting] },
      { op: "eraseAdd", size, inputs: [memory, weighting, unit(batch, heads, width), vector] },
    ];
  });
}

/** A batch of sixteen copies of length 20; classes as of letters. */
function losses(): Kernel[] {
  const rows = 16 * 41;
  const size = `${rows}x8`;
  const letters = `${rows}x${CLASSES}`;
  const constant = [1, 2];
  return [
    { op: "binaryCrossEntropy", size, inputs: [any(rows, 8), bits(rows, 8), ones(rows)], constant },
    { op: "squaredError", size, inputs: [any(rows, 8), any(rows, 8), ones(rows)], constant },
    { op: "huber", size, inputs: [any(rows, 8), any(rows, 8), ones(rows)], constant },
    {
      op: "categoricalCrossEntropy",
      size: letters,
      inputs: [any(rows, CLASSES), classes(rows), ones(rows)],
      constant,
    },
  ];
}

/** Tables of 40 rows and 10 columns, a batch of sixteen; the comparison of all cells, and what a step does with them. */
function tables(): Kernel[] {
  const [rows, batch, columns, numbers] = [40, 16, 10, 2];
  const size = `${rows}x${batch}x${columns}`;
  const cells = any(rows, batch, columns);
  const order = inputs((_, shape) => {
    const [rows, batch, columns] = shape as [number, number, number];
    return array(
      shape,
      Array.from({ length: lengthOf(shape) }, (_, i) => rows - 1 - Math.floor(i / batch / columns)),
    );
  });
  return [
    {
      op: "compareCells",
      size,
      inputs: [cells, ones(rows, batch, columns), any(batch, numbers), weights(batch, numbers)],
      attributes: { relation: "greater" },
      constant: [0, 1, 2],
    },
    { op: "columnSums", size, inputs: [any(rows, batch), cells] },
    { op: "selectColumn", size, inputs: [cells, weights(batch, columns)] },
    { op: "firstInOrder", size, inputs: [unit(rows, batch), order(rows, batch, columns)], constant: [1] },
    { op: "shiftRows", size: `${rows}x${batch}`, inputs: [unit(rows, batch)], attributes: { by: 1 } },
    { op: "minimum", size: `${rows}x${batch}`, inputs: [unit(rows, batch), unit(rows, batch)] },
    { op: "maximum", size: `${rows}x${batch}`, inputs: [unit(rows, batch), unit(rows, batch)] },
  ];
}

/** Every kernel forward, and forward with backward: tfjs has no backward by itself. */
export function kernelBenchmarks(engine: Engine): Benchmark[] {
  const kernels = [...products(), ...elementwise(), ...layers(), ...addressing(), ...losses(), ...tables()];
  return kernels.flatMap((kernel) => {
    const name = `${kernel.op} ${kernel.size}`;
    const row = { group: "kernels", peer: "tfjs-wasm" };
    return [
      { ...row, name, prepare: () => prepare(engine, kernel, false) },
      { ...row, name: `${name} with backward`, prepare: () => prepare(engine, kernel, true) },
    ];
  });
}

function prepare(engine: Engine, kernel: Kernel, backward: boolean): Contest {
  const { op, attributes, constant = [] } = kernel;
  const random = new Random(1);
  const values = kernel.inputs.map((input) => input(random));
  const tensors = values.map(toTensor);
  const kept = [...tensors];
  const compute = tfjsOps[op] as TfjsOp;
  const forward = (xs: readonly tf.Tensor[]): tf.Tensor[] => [compute(xs, attributes as never)].flat();

  let theirs = (): tf.Tensor[] => forward(tensors);
  let dy: NDArray[] = [];
  if (backward) {
    dy = evaluate(theirs).map(({ shape }) => uniform(random, shape, -1, 1));
    const seed = tf.tidy(() => joined(dy.map(toTensor)));
    const variables = tensors.filter((_, i) => !constant.includes(i));
    const gradients = tf.grads((...xs: tf.Tensor[]) => {
      const given = [...xs];
      return joined(forward(tensors.map((x, i) => (constant.includes(i) ? x : given.shift()!))));
    });
    theirs = () => gradients(variables, seed);
    kept.push(seed);
  }

  const program = new OpProgram(engine, ops[op].definition, values, { attributes, dy, constant });
  expectSame(op, program.results().slice(dy.length), evaluate(theirs));
  const dispose = (): void => {
    program.free();
    tf.dispose(kept);
  };
  return { ours: program.side(), peer: repeated(() => tf.dispose(tf.tidy(theirs))), dispose };
}

/** Several outputs as one, since tfjs differentiates one. */
const joined = (ys: tf.Tensor[]): tf.Tensor => (ys.length === 1 ? ys[0]! : tf.concat(ys, -1));

function expectSame(op: OpName, actual: readonly NDArray[], expected: readonly NDArray[]): void {
  if (actual.length !== expected.length)
    throw new Error(`${op}: ${actual.length} results, tfjs has ${expected.length}`);
  expected.forEach((result, i) => {
    const largest = result.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    close(actual[i]!, result, { rtol: 1e-4, atol: 1e-5 * largest });
  });
}
