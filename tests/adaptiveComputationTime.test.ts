import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../bindings/checkpoint/checkpoint.js";
import { load } from "../bindings/checkpoint/load.js";
import { compile } from "../bindings/graph/compile.js";
import { Graph } from "../bindings/graph/graph.js";
import {
  AdaptiveComputationTime,
  type AdaptiveComputationTimeOptions,
} from "../bindings/models/adaptiveComputationTime.js";
import type { Rows } from "../bindings/running/sequences.js";
import { Random } from "../bindings/random/philox.js";
import { array, uniform, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { evaluateGraph } from "./support/evaluate.js";
import { numericalGradients } from "./support/numericalGradients.js";
import { runProgram } from "./support/program.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();
const TIME = 3;
const ROWS = 4;
const INPUTS = 3;
const tiny: AdaptiveComputationTimeOptions = {
  inputSize: INPUTS,
  outputSize: 2,
  hiddenSize: 4,
  limit: 5,
  timePenalty: 0.3,
  seed: 3,
};
const ntm = { slots: 5, width: 3, initialMemory: 0.1 };
/** Seeds with which inputs take different numbers of steps. */
const variants: Record<string, Partial<AdaptiveComputationTimeOptions>> = {
  "an RNN": { cell: "rnn", seed: 3 },
  "a GRU": { cell: "gru", seed: 2 },
  "an LSTM": { cell: "lstm", seed: 2 },
  "an LSTM whose whole state halts": { cell: "lstm", haltingInput: "state", seed: 1 },
  "an NTM": { cell: "ntm", cellOptions: ntm, limit: 4, seed: 2 },
  "an NTM whose whole state halts": { cell: "ntm", cellOptions: { ...ntm, readHeads: 2 }, haltingInput: "state", limit: 4, seed: 3 }, // prettier-ignore
  "no flag": { cell: "rnn", flag: false, seed: 1 },
};

/** Spread out, so that inputs differ in how long they take. */
function spread(model: AdaptiveComputationTime): NDArray {
  const values = uniform(new Random(model.options.seed), [model.parameterCount], -0.8, 0.8);
  const [weights, bias] = [model.halting.weights, model.halting.bias];
  values.data.fill(-0.9, bias.offset, bias.offset + bias.size);
  for (let i = 0; i < weights.size; ++i) values.data[weights.offset + i]! *= 6;
  const rounded = { ...values, data: values.data.map(Math.fround) };
  model.parameters.set(rounded.data);
  return rounded;
}

/** Sequences of 3, 1, 2 and 3 steps. */
const inside = array([TIME, ROWS], [1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1]);

interface Recording {
  readonly graph: Graph;
  readonly given: Record<string, NDArray>;
}

/** Outputs y, the cost, and what was measured; padded or not. */
function recording(model: AdaptiveComputationTime, padded: boolean): Recording {
  const graph = new Graph();
  void model.parameters; // lays them out
  const time = graph.dimension("time");
  const x = graph.input("x", [time, ROWS, INPUTS]);
  const given: Record<string, NDArray> = { x: uniform(new Random(6), [TIME, ROWS, INPUTS], -1, 1) };
  if (padded) given["inside"] = inside;
  const recorded = model.record(graph, x, padded ? graph.input("inside", [time, ROWS]) : undefined);
  graph.output("y", recorded.ys);
  graph.output("cost", recorded.cost!);
  graph.output("measured", recorded.measures!["ponder"]!);
  for (const name of ["ponder", "remainder", "halting"]) graph.output(name, graph.traced.get(name)!);
  return { graph, given };
}

const lengths = { time: TIME };

const gradients = suite("AdaptiveComputationTime: outputs, cost and all gradients are those of double precision");
for (const [what, options] of Object.entries(variants)) {
  for (const padded of [false, true]) {
    gradients(`with ${what}${padded ? ", padded" : ""}`, () => {
      const model = new AdaptiveComputationTime({ ...tiny, ...options });
      const values = spread(model);
      const names = ["y", "cost", "measured", "ponder", "remainder", "halting"];
      const evaluate = ([parameters, x]: readonly NDArray[]): NDArray[] => {
        const { graph, given } = recording(model, padded);
        const read = evaluateGraph(graph, {
          inputs: { ...given, x: x! },
          parameters: new Map(
            model.parameters.parameters.map((p) => [
              p,
              array(p.shape, parameters!.data.subarray(p.offset, p.offset + p.size)),
            ]),
          ),
          lengths,
        });
        return names.map((name) => read(graph.outputs.get(name)!));
      };
      const { graph, given } = recording(model, padded);
      const expected = evaluate([values, given["x"]!]);
      const steps = expected[3]!;
      const distinct = new Set(steps.data);
      assert.ok(distinct.size >= (padded ? 4 : 3), `rows take ${[...distinct]} steps`);
      assert.is(distinct.has(0), padded);

      const dy = expected.map(({ shape }, i) => uniform(new Random(7 + i), shape, i ? 1 : -1, i ? 1.001 : 1));
      const seeds = { y: "d y", cost: "d cost" };
      for (const [output, input] of Object.entries(seeds)) graph.input(input, graph.outputs.get(output)!.shape);
      const { parameterCount } = model;
      const program = compile(graph, { seeds, parameterCount, inputGradients: ["x"] });
      const run = runProgram(
        engine,
        program,
        { ...given, "d y": dy[0]!, "d cost": dy[1]! },
        { lengths, parameters: model.parameters.values },
      );
      names.forEach((name, i) => close(run.outputs[name]!, expected[i]!, { rtol: 1e-5, atol: 2e-6 }));
      assert.equal([...run.outputs["ponder"]!.data], [...steps.data]);

      // The number of steps is a constant: no difference may change it.
      const frozen = (all: readonly NDArray[]): NDArray[] => {
        const [y, cost, , ponder] = evaluate(all);
        assert.equal(ponder!.data, steps.data);
        return [y!, cost!];
      };
      const [dParameters, dx] = numericalGradients(frozen, [values, given["x"]!], dy.slice(0, 2));
      close(array(values.shape, run.gradients), dParameters!, { rtol: 1e-4, atol: 2e-5 }); // many steps of f32 sums
      close(run.outputs["gradient of x"]!, dx!, { rtol: 1e-4, atol: 2e-5 });
    });
  }
}
gradients.run();
(void fc, load, save, thrownBy);
void (0 as unknown as Rows);
