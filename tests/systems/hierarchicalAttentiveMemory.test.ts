import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { compile } from "../../bindings/graph/compile.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { add, affine, binaryCrossEntropy, constant } from "../../bindings/graph/ops/index.js";
import { MemoryError } from "../../bindings/graph/memoryError.js";
import { load } from "../../bindings/load.js";
import { Executable } from "../../bindings/runtime/executable.js";
import { episode } from "../../bindings/systems/hierarchicalAttentiveMemory/episode.js";
import {
  HierarchicalAttentiveMemory,
  type HierarchicalAttentiveMemoryOptions,
} from "../../bindings/systems/hierarchicalAttentiveMemory/hierarchicalAttentiveMemory.js";
import { certainty, reinforce, returns } from "../../bindings/systems/hierarchicalAttentiveMemory/reinforce.js";
import { treeTask } from "../../bindings/systems/hierarchicalAttentiveMemory/treeTask.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";
import { treeOf, type TreeGiven, type TreeValues } from "./hierarchicalAttentiveMemoryReference.js";

const engine = await testEngine();
const LEAVES = 4;
const LEVELS = 2;
const OUTPUTS = 2;
const ENTROPY_COST = 0.05;

interface Variant extends Partial<HierarchicalAttentiveMemoryOptions> {
  readonly depth?: number;
  /** Of parameters with which rewards depend on the way. */
  readonly drawn?: number;
}

/** Examples of two steps. */
const variants: Record<string, Variant> = {
  "an LSTM": {},
  "an LSTM and one layer": { layers: 1 },
  "gates that join": { join: "gated" },
  "no controller": { raw: true, drawn: 53 },
  "a tree that is smaller than the whole": { depth: 1 },
};

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function lively({ depth: _, drawn = 6, ...options }: Variant): HierarchicalAttentiveMemory {
  const sizes = { inputSize: 3, outputSize: OUTPUTS, nodeSize: 3, hiddenSize: 2, discount: 1 };
  const model = new HierarchicalAttentiveMemory({ ...sizes, entropyCost: ENTROPY_COST, ...options });
  model.parameters.set(uniform(new Random(drawn), [model.parameterCount], -1.5, 1.5).data);
  return model;
}

const INPUT = [
  [1, 0, 1],
  [0, 1, 0.5],
  [1, 1, 0],
];
const TARGET = [
  [1, 0],
  [0, 1],
];

function givenOf({ raw, depth = LEVELS }: Variant): TreeGiven {
  const rows = raw ? { asked: INPUT.slice(0, 2) } : { input: INPUT.slice(0, 2 ** depth) };
  return { leaves: LEAVES, target: TARGET, depth, ...rows };
}

/** A program of one example: its values, and the gradients of what training minimises. */
function programOf(model: HierarchicalAttentiveMemory, { isDrawn }: { isDrawn: boolean }) {
  const { raw } = model.options;
  const graph = new Graph(true);
  const time = graph.dimension("time");
  const row = (name: string, ...size: number[]) => graph.input(name, [time, 1, ...size]);
  const depth = graph.input("depth", [1]);
  const input = raw ? undefined : { x: graph.input("x", [1, LEAVES, 3]), used: graph.input("used", [1, LEAVES]) };
  const { outputs, descents, active } = episode(model, {
    leaves: LEAVES,
    time,
    depth,
    input,
    asked: raw ? row("asked", 3) : undefined,
    choices: isDrawn ? row("choices", LEVELS) : undefined,
  });
  const [targets, mask] = [row("targets", OUTPUTS), constant(graph, [time, 1], 1)];
  graph.output("outputs", outputs);
  let loss = binaryCrossEntropy(outputs, targets, mask);
  if (descents) {
    const toGo = returns({ outputs, targets, mask }, model.options.discount);
    graph.output("toGo", toGo);
    const moves = reinforce(descents, { toGo, inside: mask, active, baseline: model.baseline! });
    loss = add(add(loss, moves), affine(certainty(descents, mask, active), { scale: ENTROPY_COST }));
  }
  graph.result("loss", loss);
  return compileGradients(graph, { differentiate: "loss", parameterCount: model.parameterCount });
}

function inputsOf({ input, asked, depth, choices }: TreeGiven): Record<string, ReturnType<typeof array>> {
  const filled = Array.from({ length: LEAVES }, (_, i) => input?.[i] ?? [0, 0, 0]);
  return {
    depth: array([1], [depth!]),
    targets: array([2, 1, OUTPUTS], TARGET.flat()),
    ...(asked
      ? { asked: array([2, 1, 3], asked.flat()) }
      : {
          x: array([1, LEAVES, 3], filled.flat()),
          used: array(
            [1, LEAVES],
            filled.map((_, i) => Number(i < input!.length)),
          ),
        }),
    ...(choices && { choices: array([2, 1, LEVELS], choices.flat()) }),
  };
}

/** Central differences of f by every parameter. */
function differences(parameters: Float64Array, f: (parameters: Float64Array) => number, h = 1e-6): number[] {
  return Array.from(parameters, (value, i) => {
    const at = (moved: number): number => f(parameters.with(i, value + moved) as Float64Array);
    return (at(h) - at(-h)) / (2 * h);
  });
}

const largest = (values: readonly number[]): number => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const toGo = (rewards: readonly number[], discount = 1): number[] =>
  rewards.map((_, t) => sum(rewards.slice(t).map((reward, i) => reward * discount ** i)));
const probability = ({ logPi }: TreeValues): number => Math.exp(sum(logPi.flat()));

/** All choices of two steps of two levels, or of the one level that a smaller tree has. */
function allChoices(depth: number): number[][][] {
  const ways = depth === 1 ? [0, 1].map((a) => [0, a]) : [0, 1].flatMap((a) => [0, 1].map((b) => [a, b]));
  return ways.flatMap((first) => ways.map((second) => [first, second]));
}

const trees = suite("HierarchicalAttentiveMemory");

for (const [what, variant] of Object.entries(variants)) {
  const model = lively(variant);
  const parameters = Float64Array.from(model.parameters.values);
  const given = givenOf(variant);
  const choices = allChoices(given.depth!);
  const episodes = (of: ArrayLike<number>): TreeValues[] =>
    choices.map((each) => treeOf(model, of, { ...given, choices: each }));
  const fixed = episodes(parameters);

  trees(`with ${what}: probabilities of all ways add up to 1`, () => {
    assert.ok(Math.abs(sum(fixed.map(probability)) - 1) < 1e-12);
  });

  trees(`with ${what}: in expectation, REINFORCE has the gradient of the expected reward, in double precision`, () => {
    const expected = differences(parameters, (of) =>
      sum(episodes(of).map((each) => probability(each) * sum(each.rewards))),
    );
    const weights = fixed.map(probability);
    const surrogate = differences(parameters, (of) =>
      sum(
        episodes(of).map(({ logPi }, i) => {
          const { rewards, baselines } = fixed[i]!;
          return weights[i]! * sum(toGo(rewards).map((r, t) => (r - baselines[t]!) * sum(logPi[t]!)));
        }),
      ),
    );
    const scale = largest(expected);
    assert.ok(scale > 1e-2, `${scale}`);
    surrogate.forEach((value, i) => assert.ok(Math.abs(value - expected[i]!) < 1e-6 * scale, `${i}`));
  });

  trees(`with ${what}: so has the engine, with that of the loss, of the baseline and of certainty`, () => {
    const program = programOf(model, { isDrawn: true });
    const weights = fixed.map(probability);
    const total = new Float64Array(parameters.length);
    choices.forEach((each, i) => {
      const run = runProgram(engine, program, inputsOf({ ...given, choices: each }), {
        lengths: { time: 2 },
        parameters: model.parameters.values,
      });
      const { outputs, rewards } = fixed[i]!;
      close(run.outputs["outputs"]!, array([2, 1, OUTPUTS], outputs.flat()), { rtol: 1e-4, atol: 1e-5 });
      close(run.outputs["toGo"]!, array([2, 1], toGo(rewards)), { rtol: 1e-5, atol: 1e-5 });
      run.gradients.forEach((value, j) => (total[j]! += weights[i]! * value));
    });
    const wanted = differences(parameters, (of) =>
      sum(
        episodes(of).map(({ loss, logPi, baselines, entropies }, i) => {
          const { rewards, baselines: held } = fixed[i]!;
          const each = toGo(rewards).map((r, t) => {
            const costs = entropies[t]!.map((h) => ENTROPY_COST / Math.max(h, 0.01));
            return (held[t]! - r) * sum(logPi[t]!) + (r - baselines[t]!) ** 2 / 2 + sum(costs);
          });
          return weights[i]! * (loss + sum(each));
        }),
      ),
    );
    // The baseline of the reference sees the tree: there its own gradient ends.
    const own = [...model.namedParameters()].filter(([path]) => path.startsWith("baseline."));
    const isBaseline = (j: number): boolean => own.some(([, { offset, size }]) => j >= offset && j < offset + size);
    const withoutBaseline = differences(parameters, (of) =>
      sum(
        episodes(of).map(({ loss, logPi, entropies }, i) => {
          const { rewards, baselines: held } = fixed[i]!;
          const each = toGo(rewards).map((r, t) => {
            const costs = entropies[t]!.map((h) => ENTROPY_COST / Math.max(h, 0.01));
            return (held[t]! - r) * sum(logPi[t]!) + sum(costs);
          });
          return weights[i]! * (loss + sum(each));
        }),
      ),
    );
    const scale = largest(wanted);
    total.forEach((value, j) => {
      const expected = isBaseline(j) ? wanted[j]! : withoutBaseline[j]!;
      assert.ok(Math.abs(value - expected) < 1e-3 * scale, `${j}: ${value}, ${expected}`);
    });
  });
}

for (const [what, variant] of Object.entries(variants)) {
  trees(`softly, with ${what}: values and gradients are those of double precision`, () => {
    const model = lively({ ...variant, attention: "soft" });
    const given = givenOf(variant);
    const parameters = Float64Array.from(model.parameters.values);
    const run = runProgram(engine, programOf(model, { isDrawn: false }), inputsOf(given), {
      lengths: { time: 2 },
      parameters: model.parameters.values,
    });
    const { outputs, loss } = treeOf(model, parameters, given);
    close(run.outputs["outputs"]!, array([2, 1, OUTPUTS], outputs.flat()), { rtol: 1e-4, atol: 1e-5 });
    assert.ok(Math.abs(run.results["loss"]! - loss) < 1e-4 * loss);
    const wanted = differences(parameters, (of) => treeOf(model, of, given).loss);
    const scale = largest(wanted);
    run.gradients.forEach((value, j) => assert.ok(Math.abs(value - wanted[j]!) < 1e-4 * scale, `${j}`));
  });
}

trees("returns are discounted", () => {
  const graph = new Graph(true);
  const time = graph.dimension("time");
  const shape = [time, 1, OUTPUTS];
  const [outputs, targets] = [graph.input("outputs", shape), graph.input("targets", shape)];
  graph.output("toGo", returns({ outputs, targets, mask: graph.input("mask", [time, 1]) }, 0.5));
  const program = lively({}).compile(
    (g) => void g,
    () => compile(graph),
  );
  const { outputs: values } = runProgram(
    engine,
    program,
    {
      outputs: array([3, 1, 2], [1, 1, 2, 2, -1, -1]),
      targets: array([3, 1, 2], [1, 0, 1, 0, 1, 0]),
      mask: array([3, 1], [1, 0, 1]),
    },
    { lengths: { time: 3 } },
  );
  assert.equal([...values["toGo"]!.data], [-1.25, -0.5, -1]);
});

/** Logits (accesses, outputs) of a run, and leaves. */
const reference = (model: HierarchicalAttentiveMemory, given: TreeGiven): TreeValues =>
  treeOf(model, Float64Array.from(model.parameters.values), given);

for (const [what, variant] of Object.entries({ ...variants, "soft attention": { attention: "soft" } as Variant })) {
  if (variant.depth) continue;
  trees(`with ${what}: a run goes where the equations go, on trees of any size`, () => {
    const model = lively(variant);
    const { raw } = model.options;
    for (const leaves of [2, 8, 32]) {
      const inputs = raw ? [INPUT, INPUT.slice(1)] : [INPUT.slice(0, 2), INPUT.slice(1, 2)];
      const runs = model.run(engine, inputs, { leaves, trace: true, ...(!raw && { steps: 4 }) });
      inputs.forEach((rows, i) => {
        const steps = raw ? rows.length : 4;
        const target = Array.from({ length: steps }, () => null);
        const values = reference(model, { leaves, target, ...(raw ? { asked: rows } : { input: rows }) });
        const { outputs, leaves: places, searches, joins } = runs[i]!;
        const flat = array(
          [steps, OUTPUTS],
          outputs.flatMap((row) => Array.from(row)),
        );
        close(flat, array([steps, OUTPUTS], values.outputs.flat()), { rtol: 1e-3, atol: 1e-4 });
        const isSoft = variant.attention === "soft";
        const expected = isSoft
          ? values.weights.map((weights) => weights.indexOf(Math.max(...weights)))
          : values.choices.map((way) => way.reduce((place, right) => 2 * place + right, 0));
        assert.equal(places, expected);
        const each = isSoft ? leaves - 1 : Math.log2(leaves);
        assert.is(searches, steps * each);
        assert.is(joins, steps * each);
      });
    }
  });
}

trees("an access does exactly log₂ n searches and log₂ n joins of one node each", () => {
  const model = lively({});
  for (const levels of [1, 3, 7, 12]) {
    const rows: Record<string, number> = {};
    const run = Reflect.get(Executable.prototype, "run");
    const steps = (count: number): Record<string, number> => {
      for (const name of ["search", "join"]) rows[name] = 0;
      Executable.prototype.run = function (...[engine, variant, feed]) {
        rows[variant.key] = (rows[variant.key] ?? 0) + feed.count;
        return run.call(this, engine, variant, feed);
      };
      try {
        model.run(engine, [INPUT.slice(0, 2)], { leaves: 2 ** levels, steps: count });
      } finally {
        Executable.prototype.run = run;
      }
      return { search: rows["search"]!, join: rows["join"]! };
    };
    const [one, three] = [steps(1), steps(3)];
    assert.is((three["search"]! - one["search"]!) / 2, levels);
    assert.is((three["join"]! - one["join"]!) / 2, levels);
    assert.is(one["search"], levels);
  }
});

trees("what was saved and loaded runs the same", () => {
  const model = lively({});
  const loaded = load(save(model), { models: [HierarchicalAttentiveMemory] });
  const inputs = [INPUT, INPUT.slice(2)];
  assert.equal(loaded.run(engine, inputs, { trace: true }), model.run(engine, inputs, { trace: true }));
});

trees("draws are made again by the seed of training, and others by another", async () => {
  const losses = async (seed: number): Promise<number[]> => {
    const task = treeTask({ bits: 2, maxLength: 4, problem: "stack" });
    const { inputSize, outputSize } = task;
    const model = new HierarchicalAttentiveMemory({ inputSize, outputSize, raw: true, nodeSize: 4 });
    const all: number[] = [];
    for await (const { loss } of train(engine, model, task, { batch: 9, seed, steps: 3 })) all.push(loss);
    return all;
  };
  const first = await losses(1);
  assert.equal(await losses(1), first);
  assert.not.equal(await losses(2), first);
});

trees("noise in gates is training's alone, drawn by its seed, and for gates", async () => {
  const task = treeTask({ problem: "sort", maxLength: 8, bits: 4, seed: 1 });
  const { inputSize, outputSize } = task;
  const sizes = { inputSize, outputSize, nodeSize: 4, hiddenSize: 4, join: "gated", seed: 3 } as const;
  const made = (gateNoise?: number): HierarchicalAttentiveMemory =>
    new HierarchicalAttentiveMemory({ ...sizes, ...(gateNoise !== undefined && { gateNoise }) });
  assert.not.ok("gateNoise" in made(0).options);
  assert.equal(made(0).options, made().options);
  assert.is(made(2).options.gateNoise, 2);
  const measured = (model: HierarchicalAttentiveMemory) => evaluate(engine, model, task, { sequences: 20, seed: 4 });
  assert.equal(await measured(made(2)), await measured(made()));
  const lossOf = async (gateNoise: number, seed: number): Promise<number> => {
    for await (const { loss } of train(engine, made(gateNoise), task, { batch: 4, seed })) return loss;
    throw new Error("no step");
  };
  const loss = await lossOf(2, 5);
  assert.is(await lossOf(2, 5), loss);
  assert.is.not(loss, await lossOf(0, 5));
  const refused = [
    { ...sizes, join: "perceptron" },
    { ...sizes, raw: true },
  ] as const;
  for (const options of refused) {
    const error = thrownBy(() => new HierarchicalAttentiveMemory({ ...options, gateNoise: 1 }));
    assert.instance(error, RangeError);
    assert.match(
      error.message,
      /gateNoise is 1, and must be 0: it is for the "gated" join of a memory that is not raw/,
    );
  }
});

trees("says what is wrong", () => {
  const model = lively({});
  const said = (f: () => unknown): string => thrownBy(f).message;
  const run = (rows: unknown, options: object = {}): string => said(() => model.run(engine, [rows] as never, options));
  assert.match(run(INPUT, { leaves: 6 }), /leaves is 6, and must be a power of two/);
  assert.match(run(INPUT, { leaves: 2 }), /the length of input 0 is 3, and must be .* 1 to 2/);
  assert.match(run([]), /the length of input 0 is 0/);
  assert.match(run([[1, 2]]), /the numbers of input 0, row 0 is 2, and must be 3/);
  assert.match(run([[1, 2, NaN]]), /input 0, row 0, number 2 is NaN, and must be a finite number/);
  assert.match(run(INPUT, { limit: 3 }), /limit/);
  assert.match(
    said(() => model.run(engine, INPUT[0] as never)),
    /the length of input 0 is undefined/,
  );
  assert.match(
    said(() => lively({ raw: true, drawn: 53 }).run(engine, [INPUT], { steps: 3 })),
    /leave steps out/,
  );
  const wide = new HierarchicalAttentiveMemory({ inputSize: 3, outputSize: 2 });
  const large = thrownBy(() => wide.run(engine, [INPUT], { leaves: 2 ** 26 }));
  assert.instance(large, MemoryError);
  assert.match(large.message, /a tree of 67108864 leaves \(at most 8388608 fit\) would have to hold 10,240 MiB/);
  assert.match(
    said(() => new HierarchicalAttentiveMemory({ inputSize: 1, outputSize: 1, leaves: 12 })),
    /leaves is 12/,
  );
  assert.match(
    said(() => treeTask({ leaves: 12 })),
    /leaves is 12, and must be a power of two/,
  );
  assert.match(
    said(() => treeTask({ maxLength: 9, leaves: 8 })),
    /maxLength is 9, and must be at most leaves/,
  );
  assert.match(
    said(() => treeTask({ bits: 5 })),
    /bits is 5, and must be an even number/,
  );
  assert.match(
    said(() => model.expectFit("train", treeTask())),
    /inputSize is 3, and must be 10/,
  );
  assert.match(
    said(() => model.expectFit("train", copyTask())),
    /the task copy has no leaves/,
  );
});

trees.run();
