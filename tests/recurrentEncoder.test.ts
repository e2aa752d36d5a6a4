/** The encoder of sequences against the equations in plain double precision, each sequence by itself. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileGradients } from "../bindings/graph/compileGradients.js";
import { STREAMS } from "../bindings/graph/streams.js";
import { Graph } from "../bindings/graph/graph.js";
import { RecurrentEncoder } from "../bindings/layers/recurrentEncoder.js";
import type { RNNCell } from "../bindings/layers/rnnCell.js";
import { Random } from "../bindings/common/random/philox.js";
import { array, uniform } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { layOut, type Vector } from "./support/layer.js";
import { runProgram } from "./support/program.js";

const engine = await testEngine();
const [TIME, ROWS, INPUTS, HIDDEN] = [5, 3, 3, 4];
const lengths = [5, 2, 3];

const encoders = suite("RecurrentEncoder");

for (const bidirectional of [false, true]) {
  for (const layers of [1, 2, 3]) {
    for (const rate of [0, 0.5]) {
      encoders(`${layers} layers, ${bidirectional ? "both ways" : "forward"}, dropout ${rate}`, () => {
        const encoder = new RecurrentEncoder({
          inputSize: INPUTS,
          hiddenSize: HIDDEN,
          cell: "rnn",
          cellOptions: {},
          layers,
          bidirectional,
        });
        const { values, count, vector, times } = layOut(encoder, new Random(4, layers));
        const words = Uint32Array.from({ length: 4 * STREAMS }, (_, i) => [7, 1, 0, i >> 2][i % 4]!);
        const xs = uniform(new Random(5), [TIME, ROWS, INPUTS], -1, 1);
        const inputs = {
          xs,
          lengths: array([ROWS], lengths),
          ...(rate && { streams: array([STREAMS, 4], new Float32Array(words.buffer)) }),
        };

        const graph = new Graph(true);
        const encoded = encoder.forward(graph.input("xs", xs.shape), graph.input("lengths", [ROWS]), { rate });
        graph.output("outputs", encoded.outputs);
        graph.output("end", encoded.end);
        const program = compileGradients(graph, { parameterCount: count });
        const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => program.inputs.has(name)));
        const { outputs } = runProgram(engine, program, given, { parameters: values });

        if (rate) {
          // What is dropped is 0, and the rest is scaled: only between layers, so that one layer has none.
          const plain = new Graph(true);
          const without = encoder.forward(plain.input("xs", xs.shape), plain.input("lengths", [ROWS]));
          plain.output("outputs", without.outputs);
          const other = runProgram(
            engine,
            compileGradients(plain, { parameterCount: count }),
            { xs, lengths: inputs.lengths },
            {
              parameters: values,
            },
          );
          if (layers === 1) assert.equal(outputs["outputs"], other.outputs["outputs"]);
          else assert.not.equal(outputs["outputs"], other.outputs["outputs"]);
          return;
        }

        const run = (cell: RNNCell, rows: readonly Vector[]): Vector[] => {
          let h = vector(cell.h0);
          const bias = vector(cell.linear.bias);
          return rows.map((x) => (h = times([...x, ...h], cell.linear.weights).map((v, i) => Math.tanh(v + bias[i]!))));
        };
        lengths.forEach((length, row) => {
          let rows: Vector[] = Array.from({ length }, (_, t) => [
            ...xs.data.subarray((t * ROWS + row) * INPUTS, (t * ROWS + row + 1) * INPUTS),
          ]);
          let end: Vector = [];
          for (const [forward, backward] of encoder.cells as readonly (readonly RNNCell[])[]) {
            const there = run(forward!, rows);
            const back = backward ? run(backward, rows.toReversed()).toReversed() : there.map((): Vector => []);
            rows = there.map((h, t) => [...h, ...back[t]!]);
            end = [...there.at(-1)!, ...back[0]!];
          }
          const expected = array([length, HIDDEN], rows.flat());
          const actual = rows.flatMap((_, t) => [
            ...outputs["outputs"]!.data.subarray((t * ROWS + row) * HIDDEN, (t * ROWS + row + 1) * HIDDEN),
          ]);
          close(array([length, HIDDEN], actual), expected, { rtol: 1e-5, atol: 1e-5 });
          const actualEnd = outputs["end"]!.data.subarray(row * HIDDEN, (row + 1) * HIDDEN);
          close(array([HIDDEN], actualEnd), array([HIDDEN], end), { rtol: 1e-5, atol: 1e-5 });
        });
      });
    }
  }
}
encoders.run();
