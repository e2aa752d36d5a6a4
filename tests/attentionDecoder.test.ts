/** The decoder with attention against its equations in plain double precision, step by step. */
import { suite } from "uvu";
import { compileGradients } from "../bindings/graph/compileGradients.js";
import { Graph } from "../bindings/graph/graph.js";
import { AttentionDecoder } from "../bindings/layers/attentionDecoder.js";
import type { RNNCell } from "../bindings/layers/rnnCell.js";
import { Random } from "../bindings/common/random/philox.js";
import { array, uniform, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { dot, layOut, type Vector } from "./support/layer.js";
import { runProgram } from "./support/program.js";

const engine = await testEngine();
const [ROWS, COUNT, INPUTS, HIDDEN, STEPS] = [2, 4, 3, 5, 3];
const there = [
  [1, 1, 1, 1],
  [1, 1, 0, 0],
];

const decoders = suite("AttentionDecoder");

for (const score of ["dot", "none"] as const) {
  for (const layers of [1, 2, 3]) {
    for (const dropped of layers > 1 ? [false, true] : [false]) {
      decoders(
        `${layers} layers, score "${score}"${dropped ? ", of which units are dropped between layers" : ""}`,
        () => {
          const sizes = { inputSize: INPUTS, hiddenSize: HIDDEN, annotationSize: HIDDEN };
          const rest = { cell: "rnn", cellOptions: {}, attentionSize: 1 } as const;
          const decoder = new AttentionDecoder({ ...sizes, ...rest, layers, score });
          const { values, count, vector, times } = layOut(decoder, new Random(6, layers));
          const random = new Random(8);
          const inputs: Record<string, NDArray> = {
            end: uniform(random, [ROWS, HIDDEN], -1, 1),
            annotations: uniform(random, [ROWS, COUNT, HIDDEN], -1, 1),
            mask: array([ROWS, COUNT], there.flat()),
          };
          for (let t = 0; t < STEPS; ++t) inputs[`x${t}`] = uniform(random, [ROWS, INPUTS], -1, 1);
          // A mask between two layers, each its own, the same at every step.
          for (let i = 0; dropped && i < layers - 1; ++i) inputs[`drop${i}`] = uniform(random, [ROWS, HIDDEN], 0, 2);

          const graph = new Graph();
          const input = (name: string) => graph.input(name, inputs[name]!.shape);
          let state = decoder.initialState(input("end"));
          const known = { values: input("annotations"), keys: graph.inputs.get("annotations")!, mask: input("mask") };
          const masks = Object.keys(inputs)
            .filter((name) => name.startsWith("drop"))
            .map(input);
          for (let t = 0; t < STEPS; ++t) {
            const decoded = decoder.step(decoder.project(input(`x${t}`)), state, known, masks);
            graph.output(`y${t}`, decoded.output);
            if (decoded.weights) graph.output(`weights${t}`, decoded.weights);
            ({ state } = decoded);
          }
          const { outputs } = runProgram(engine, compileGradients(graph, { parameterCount: count }), inputs, {
            parameters: values,
          });

          const rowOf = (name: string, row: number, size: number): Vector => [
            ...inputs[name]!.data.subarray(row * size, (row + 1) * size),
          ];
          const cells = decoder.cells as readonly RNNCell[];
          for (let row = 0; row < ROWS; ++row) {
            const annotations = Array.from({ length: COUNT }, (_, j) => rowOf("annotations", row * COUNT + j, HIDDEN));
            const bridged = times(rowOf("end", row, HIDDEN), decoder.bridge);
            let hs = cells.map(({ h0 }, i) => vector(h0).map((v, k) => Math.tanh(v + bridged[i * HIDDEN + k]!)));
            let attended: Vector = score === "none" ? [] : Array<number>(HIDDEN).fill(0);
            for (let t = 0; t < STEPS; ++t) {
              let below: Vector = [...rowOf(`x${t}`, row, INPUTS), ...attended];
              hs = cells.map(({ linear }, i) => {
                const bias = vector(linear.bias);
                const factors = i && dropped ? rowOf(`drop${i - 1}`, row, HIDDEN) : below.map(() => 1);
                const x = below.map((v, k) => v * factors[k]!);
                const h = times([...x, ...hs[i]!], linear.weights).map((v, k) => Math.tanh(v + bias[k]!));
                below = h;
                return h;
              });
              let y: Vector = hs.at(-1)!;
              if (score !== "none") {
                const exps = annotations.map((a, j) => there[row]![j]! * Math.exp(dot(y, a)));
                const sum = exps.reduce((a, b) => a + b, 0);
                const weights = exps.map((e) => e / sum);
                const context = y.map((_, k) => weights.reduce((total, w, j) => total + w * annotations[j]![k]!, 0));
                const bias = vector(decoder.combine!.bias);
                y = times([...context, ...y], decoder.combine!.weights).map((v, k) => Math.tanh(v + bias[k]!));
                attended = y;
                const actual = outputs[`weights${t}`]!.data.subarray(row * COUNT, (row + 1) * COUNT);
                close(array([COUNT], actual), array([COUNT], weights), { rtol: 1e-4, atol: 1e-5 });
              }
              const actual = outputs[`y${t}`]!.data.subarray(row * HIDDEN, (row + 1) * HIDDEN);
              close(array([HIDDEN], actual), array([HIDDEN], y), { rtol: 1e-4, atol: 1e-5 });
            }
          }
        },
      );
    }
  }
}
decoders.run();
