/** The layer that points, and its glimpses, against the equations in plain double precision. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileGradients } from "../bindings/graph/compileGradients.js";
import { Graph } from "../bindings/graph/graph.js";
import type { Attention, AttentionScore } from "../bindings/layers/attention.js";
import { Pointer } from "../bindings/layers/pointer.js";
import { Random } from "../bindings/common/random/philox.js";
import { array, uniform } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { dot, layOut, type Vector } from "./support/layer.js";
import { runProgram } from "./support/program.js";

const engine = await testEngine();
const [ROWS, COUNT, SIZE, UNITS] = [3, 5, 4, 6];

/** There are annotations; of these, some are free. Every row has others, and the last has none that is free. */
const there = [
  [1, 1, 1, 1, 1],
  [1, 1, 1, 0, 0],
  [1, 1, 0, 0, 0],
];
const free = [
  [1, 0, 1, 0, 1],
  [0, 1, 1, 0, 0],
  [0, 1, 0, 0, 0],
];

for (const score of ["additive", "dot", "scaledDot", "general"] as const) {
  const pointers = suite(`a pointer with the score "${score}"`);
  for (const glimpses of [0, 1, 2]) {
    pointers(`and ${glimpses} glimpses sees what is free, and nothing else`, () => {
      const pointer = new Pointer({ querySize: SIZE, annotationSize: SIZE, score, size: UNITS, glimpses });
      const random = new Random(3, glimpses);
      const { values: parameters, count: parameterCount, vector, times } = layOut(pointer, random);
      const inputs = {
        query: uniform(random, [ROWS, SIZE], -1, 1),
        values: uniform(random, [ROWS, COUNT, SIZE], -1, 1),
        mask: array([ROWS, COUNT], there.flat()),
        free: array([ROWS, COUNT], free.flat()),
      };

      const graph = new Graph();
      const [query, values, mask, allowed] = Object.entries(inputs).map(([name, { shape }]) =>
        graph.input(name, shape),
      );
      graph.output("logp", pointer.forward(query!, pointer.annotate(values!, mask!), allowed!));
      const { outputs } = runProgram(engine, compileGradients(graph, { parameterCount }), inputs, { parameters });

      const scores: { [Name in AttentionScore]: (attention: Attention, q: Vector, a: Vector) => number } = {
        additive: ({ query, key, vector: v }, q, a) => {
          const [asked, known, bias] = [times(q, query!), times(a, key!.weights), vector(key!.bias)];
          return dot(
            vector(v!),
            asked.map((s, i) => Math.tanh(s + known[i]! + bias[i]!)),
          );
        },
        dot: (_, q, a) => dot(q, a),
        scaledDot: (_, q, a) => dot(q, a) / Math.sqrt(SIZE),
        general: ({ query }, q, a) => dot(times(q, query!), a),
      };
      const expected = Array.from({ length: ROWS }, (_, row) => {
        const annotations = Array.from({ length: COUNT }, (_, j) => [
          ...inputs.values.data.subarray((row * COUNT + j) * SIZE, (row * COUNT + j + 1) * SIZE),
        ]);
        const open = annotations.map((_, j) => j).filter((j) => free[row]![j]);
        const weigh = (attention: Attention, q: Vector): Map<number, number> => {
          const exps = open.map((j) => Math.exp(scores[score](attention, q, annotations[j]!)));
          const sum = exps.reduce((a, b) => a + b, 0);
          return new Map(open.map((j, i) => [j, exps[i]! / sum]));
        };
        let q: Vector = [...inputs.query.data.subarray(row * SIZE, (row + 1) * SIZE)];
        for (const { attention, combine } of pointer.glimpses) {
          const weights = weigh(attention, q);
          const read = q.map((_, i) => open.reduce((sum, j) => sum + weights.get(j)! * annotations[j]![i]!, 0));
          const bias = vector(combine.bias);
          q = times([...read, ...q], combine.weights).map((v, i) => Math.tanh(v + bias[i]!));
        }
        const p = weigh(pointer.attention, q);
        return annotations.map((_, j) => (p.has(j) ? Math.log(p.get(j)!) : -1e4));
      });
      close(outputs["logp"]!, array([ROWS, COUNT], expected.flat()), { rtol: 1e-5, atol: 1e-5 });

      // What is taken may hold anything.
      const other = { ...inputs, values: { ...inputs.values, data: inputs.values.data.slice() } };
      free.flat().forEach((isFree, at) => {
        if (!isFree) other.values.data.fill(9, at * SIZE, (at + 1) * SIZE);
      });
      const again = runProgram(engine, compileGradients(graph, { parameterCount }), other, { parameters });
      assert.equal(again.outputs["logp"], outputs["logp"]);
    });
  }
  pointers.run();
}
