import tf from "@tensorflow/tfjs";
import type { Engine } from "../bindings/engine/engine.js";
import * as ops from "../bindings/graph/ops/index.js";
import { Random } from "../bindings/common/random/philox.js";
import { opTests, type OpName } from "../tests/ops/index.js";
import { uniform, type NDArray } from "../tests/support/array.js";
import { close } from "../tests/support/close.js";
import { inputsOf, type BenchCase, type OpTest, type Peer } from "../tests/support/opTest.js";
import { repeated, type Benchmark, type Contest } from "./contest.js";
import { OpProgram } from "./opProgram.js";
import { evaluate, toTensor } from "./peers/tfjs.js";

/** Every kernel forward, and forward with backward where tfjs has that: it has no backward by itself. */
export function kernelBenchmarks(engine: Engine): Benchmark[] {
  const tests = Object.entries(opTests) as [OpName, OpTest][];
  return tests.flatMap(([op, { peer, peerHasGradient = true, bench = [] }]) => {
    if (typeof peer === "string") return [];
    return bench.flatMap((row) => {
      const name = `${op} ${row.size}`;
      const race = { group: "kernels", peer: "tfjs-wasm" };
      const forward = { ...race, name, prepare: () => prepare(engine, op, peer, row, false) };
      if (!peerHasGradient) return [forward];
      return [forward, { ...race, name: `${name} with backward`, prepare: () => prepare(engine, op, peer, row, true) }];
    });
  });
}

function prepare(engine: Engine, op: OpName, peer: Peer, row: BenchCase<unknown>, backward: boolean): Contest {
  const { attributes, constant = [] } = row;
  const random = new Random(1);
  const values = inputsOf(row, random);
  const tensors = values.map(toTensor);
  const kept = [...tensors];
  const forward = (xs: readonly tf.Tensor[]): tf.Tensor[] => [peer(xs, attributes as never)].flat();

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
const joined = (ys: tf.Tensor[]): tf.Tensor =>
  ys.length === 1 ? ys[0]! : tf.concat(ys.map((y) => tf.reshape(y, [-1])));

function expectSame(op: OpName, actual: readonly NDArray[], expected: readonly NDArray[]): void {
  if (actual.length !== expected.length)
    throw new Error(`${op}: ${actual.length} results, tfjs has ${expected.length}`);
  expected.forEach((result, i) => {
    const largest = result.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    close(actual[i]!, result, { rtol: 1e-4, atol: 1e-5 * largest });
  });
}
