import fc from "../support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { load } from "../../bindings/load.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import {
  AdaptiveComputationTime,
  type AdaptiveComputationTimeOptions,
} from "../../bindings/systems/adaptiveComputationTime/adaptiveComputationTime.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import type { RNNCell } from "../../bindings/layers/rnnCell.js";
import type { Rows } from "../../bindings/runtime/sequences.js";
import { Random } from "../../bindings/common/random/philox.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { evaluateGraph } from "../support/evaluate.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";

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
  "an NTM whose whole state halts": {
    cell: "ntm",
    cellOptions: { ...ntm, readHeads: 2 },
    haltingInput: "state",
    limit: 4,
    seed: 3,
  },
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
  graph.output("cost", recorded.auxiliary!);
  graph.output("measured", recorded.metrics!["ponder"]!);
  for (const name of ["ponder", "remainder", "halting"]) graph.output(name, graph.traced.get(name)!);
  return { graph, given };
}

const lengths = { time: TIME };

const gradients = suite("AdaptiveComputationTime: outputs, cost and all gradients are those of double precision");
for (const [what, options] of Object.entries(variants)) {
  for (const padded of what === "an RNN" ? [false, true] : [true]) {
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
      const program = compileGradients(graph, { seeds, parameterCount, inputGradients: ["x"] });
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
const sequence = (length: number, seed = 5): number[][] => {
  const random = new Random(seed);
  return Array.from({ length }, () => [...uniform(random, [INPUTS], -1, 1).data]);
};
const MODELS = Object.entries(variants).map(([what, options]) => {
  const model = new AdaptiveComputationTime({ ...tiny, ...options });
  spread(model);
  return [what, model] as const;
});
const traced = ["ponder", "remainder", "halting"];

const running = suite("AdaptiveComputationTime");
for (const [what, model] of MODELS) {
  running(`with ${what}: sessions, compiled models and loaded ones give the bits of a run`, () => {
    const inputs = sequence(6);
    const { outputs, trace } = model.run(engine, inputs, { trace: traced });
    const loaded = load(save(model), { models: [AdaptiveComputationTime] });
    const compiled = loadCompiled(compileModel(model, { trace: traced }));
    assert.equal(loaded.options, model.options);
    assert.equal(loaded.run(engine, inputs).outputs, outputs);
    assert.equal(compiled.run(engine, inputs, { trace: traced }), { outputs, trace });
    for (const session of [model.session(engine), compiled.session(engine)]) {
      for (let pass = 0; pass < 2; ++pass) {
        inputs.forEach((x, t) => assert.equal(session.step(x), outputs[t]));
        session.reset();
      }
      session.dispose();
    }
  });

  running(`with ${what}: a batch of different lengths has the bits of its sequences one by one`, () => {
    const batch = [3, 1, 5, 2, 4, 3, 6, 1, 2, 7, 3].map((length, i) => sequence(length, i)); // more than one shard
    const together = model.run(engine, batch, { trace: traced });
    const many = (rows: Rows): Rows[] => rows as unknown as Rows[];
    batch.forEach((inputs, i) => {
      const alone = model.run(engine, inputs, { trace: traced });
      assert.equal(many(together.outputs)[i], alone.outputs);
      for (const name of traced) assert.equal(many(together.trace[name]!)[i], alone.trace[name]);
    });
  });
}

/** Networks that differ in their parameters, limit and epsilon, and a sequence. */
const networks = fc.record({
  seed: fc.nat(1000),
  limit: fc.integer({ min: 1, max: 12 }),
  epsilon: fc.double({ min: 0, max: 0.5, noNaN: true }),
  scale: fc.double({ min: 0.1, max: 4, noNaN: true }),
  length: fc.integer({ min: 1, max: 5 }),
});

running("weights sum to 1, and there are as many as steps, at most the limit", () => {
  fc.assert(
    fc.property(networks, ({ seed, limit, epsilon, scale, length }) => {
      const model = new AdaptiveComputationTime({ ...tiny, limit, epsilon, seed });
      model.parameters.set(uniform(new Random(seed), [model.parameterCount], -scale, scale).data);
      const { trace } = model.run(engine, sequence(length, seed), { trace: traced });
      trace["halting"]!.forEach((weights, t) => {
        const [steps, remainder] = [trace["ponder"]![t]![0]!, trace["remainder"]![t]![0]!];
        assert.ok(steps >= 1 && steps <= limit);
        assert.ok(Math.abs(weights.reduce((a, b) => a + b, 0) - 1) <= 1e-6);
        assert.is(weights[steps - 1], remainder);
        assert.ok(weights.every((p, n) => (n < steps ? p >= 0 : p === 0)));
      });
    }),
    { numRuns: 60 },
  );
});

running("untrained it takes two steps, the second for what σ(1) leaves", () => {
  for (const cell of ["rnn", "gru", "lstm"] as const) {
    const model = new AdaptiveComputationTime({ ...tiny, cell, seed: 4 });
    const values = model.parameters.values.map((value) => value / 100); // small weights
    const { bias } = model.halting;
    values[bias.offset] = model.options.haltingBias;
    model.parameters.set(values);
    const { trace } = model.run(engine, sequence(4), { trace: traced });
    for (const [steps] of trace["ponder"]!) assert.is(steps, 2);
    for (const [remainder] of trace["remainder"]!) assert.ok(Math.abs(remainder! - 0.2689) < 1e-3);
  }
});

running("a limit that no row reaches changes no bit", () => {
  const [few, many] = [4, 100].map((limit) => {
    const model = new AdaptiveComputationTime({ ...tiny, limit, haltingBias: 0, seed: 6 });
    return model.run(engine, sequence(20), { trace: ["ponder"] });
  });
  const steps = many!.trace["ponder"]!.map(([n]) => n!);
  assert.ok(steps.every((n) => n < 4) && new Set(steps).size > 1, `steps are ${[...new Set(steps)]}`);
  assert.equal(few, many);
});

running("the flag is 1 at the first ponder step and 0 after it", () => {
  // An identity cell that counts the flag: h = h + flag, one unit; it halts by the limit.
  const model = new AdaptiveComputationTime({
    inputSize: 1,
    outputSize: 1,
    hiddenSize: 1,
    cellOptions: { activation: "identity" },
    limit: 7,
    haltingBias: -50,
  });
  const values = new Float32Array(model.parameterCount);
  const { weights } = (model.cell as RNNCell).linear;
  values.set([0, 1, 1], weights.offset); // x, flag, h
  values[model.halting.bias.offset] = -50;
  values[model.output.weights.offset] = 1;
  model.parameters.set(values);
  const { outputs, trace } = model.run(engine, [[5], [6], [7]], { trace: ["ponder"] });
  assert.equal([...outputs.data], [1, 2, 3]);
  assert.equal([...trace["ponder"]!.data], [7, 7, 7]);
});

running("says which of its options is wrong", () => {
  const sizes = { inputSize: 2, outputSize: 1 };
  const message = (options: object): string =>
    thrownBy(() => new AdaptiveComputationTime({ ...sizes, ...options })).message;
  assert.match(message({ limit: 0 }), /^AdaptiveComputationTime: limit is 0, and must be a whole number from 1/);
  assert.match(message({ epsilon: 1 }), /epsilon is 1, and must be a number from 0 to below 1/);
  assert.match(message({ timePenalty: -1 }), /timePenalty is -1, and must be a number from 0 up/);
  assert.match(message({ haltingBias: Infinity }), /haltingBias is Infinity, and must be a finite number/);
  assert.match(message({ cell: "cnn" }), /cell is "cnn", and must be "rnn" or "gru" or "lstm" or "ntm"/);
  assert.match(message({ flag: 1 }), /flag is 1, and must be true or false/);
  assert.match(message({ cellOptions: 3 }), /cellOptions is 3, and must be an object/);
  assert.match(message({ cellOptions: { slots: 8 } }), /cellOptions of "rnn" has no option "slots"; it has activation/);
  assert.match(message({ cell: "ntm", cellOptions: { shifts: 2 } }), /"ntm": shifts is 2, and must be an odd number/);
  const { options } = new AdaptiveComputationTime({ ...sizes, cell: "lstm" });
  assert.equal(options.cellOptions, { forgetBias: 1 });
  assert.equal(JSON.parse(JSON.stringify(options)), options);
});
running.run();
