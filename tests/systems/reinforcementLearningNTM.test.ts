import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { Random } from "../../bindings/common/random/philox.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { compile } from "../../bindings/graph/compile.js";
import { Graph } from "../../bindings/graph/graph.js";
import { add, categoricalCrossEntropy } from "../../bindings/graph/ops/index.js";
import { load } from "../../bindings/load.js";
import { Episode } from "../../bindings/systems/reinforcementLearningNTM/episode.js";
import { reinforce } from "../../bindings/systems/reinforcementLearningNTM/reinforce.js";
import {
  ReinforcementLearningNTM,
  type ReinforcementLearningNTMOptions,
} from "../../bindings/systems/reinforcementLearningNTM/reinforcementLearningNTM.js";
import { tapeTask } from "../../bindings/systems/reinforcementLearningNTM/tapeTask.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";
import { episodeOf, type EpisodeValues } from "./reinforcementLearningNTMReference.js";

const engine = await testEngine();
const tiny: ReinforcementLearningNTMOptions = {
  symbols: 3,
  hiddenSize: 2,
  inputReach: 1,
  memoryReach: 1,
  memoryCells: 4,
  slowdown: 0.7,
  seed: 3,
};
interface Variant extends Partial<ReinforcementLearningNTMOptions> {
  readonly x: readonly number[];
  readonly targets: readonly number[];
}
/** Every sequence of choices of an episode: 18 a step, or 6 without a memory. */
const variants: Record<string, Variant> = {
  "memory and direct access": { x: [1, 2], targets: [2] },
  "a memory of hidden vectors": { directAccess: false, x: [2, 1], targets: [1, 0] },
  "no memory": { memory: false, x: [1, 2, 0], targets: [2, 0] },
  "an input that is read forward only": { memory: false, forwardOnly: true, x: [2, 1, 0], targets: [1] },
};

function lively({ x: _, targets: __, ...options }: Variant): ReinforcementLearningNTM {
  const model = new ReinforcementLearningNTM({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(11), [model.parameterCount], -1.2, 1.2).data);
  return model;
}

/** All lists of a number below each of these. */
const combinations = (of: readonly number[]): number[][] =>
  of.reduce<number[][]>((lists, n) => lists.flatMap((list) => Array.from({ length: n }, (_, i) => [...list, i])), [[]]);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
const toGo = (rewards: readonly number[]): number[] => rewards.map((_, t) => sum(rewards.slice(t)));

/** A few elements of every parameter: its first, its last and some between. */
function checked(model: ReinforcementLearningNTM): number[] {
  return [...model.namedParameters()].flatMap(([, { offset, size }]) => {
    const places = new Set([0, size >> 1, size - 1]);
    return [...places].map((i) => offset + i);
  });
}

/** Central differences, by some of the parameters, of numbers that episodes with these parameters lead to. */
function differences<Name extends string>(
  parameters: Float64Array,
  of: readonly number[],
  episodes: (parameters: Float64Array) => EpisodeValues[],
  numbers: Readonly<Record<Name, (episodes: readonly EpisodeValues[]) => number>>,
  h = 1e-5,
): Record<Name, number[]> {
  const names = Object.keys(numbers) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const i of of) {
    const at = (moved: number): EpisodeValues[] => episodes(parameters.with(i, parameters[i]! + moved) as Float64Array);
    const [above, below] = [at(h), at(-h)];
    for (const name of names) found[name].push((numbers[name](above) - numbers[name](below)) / (2 * h));
  }
  return found;
}

const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** A program of one episode of given choices: its values, and the gradients of what training minimises. */
function episodeProgram(model: ReinforcementLearningNTM, heads: number) {
  const graph = new Graph(true);
  const time = graph.dimension("time");
  const episode = new Episode(model, {
    x: graph.input("x", [time, 1]),
    targets: graph.input("targets", [time, 1, 1]),
    mask: graph.input("mask", [time, 1]),
    choices: graph.input("choices", [time, 1, heads]),
  });
  graph.output("predictions", episode.predictions);
  graph.output("toGo", episode.toGo!);
  const loss = categoricalCrossEntropy(episode.predictions, episode.due, episode.made);
  graph.result("loss", add(loss, reinforce(episode)));
  return compileGradients(graph, { differentiate: "loss", parameterCount: model.parameterCount });
}

const machines = suite("ReinforcementLearningNTM");
for (const [what, variant] of Object.entries(variants)) {
  const model = lively(variant);
  const { x, targets } = variant;
  const heads = model.machine.heads.length;
  const parameters = Float64Array.from(model.parameters.values);
  const sizes = model.machine.heads.map((head) => (head === "output" ? 2 : 3));
  const sequences = combinations(x.flatMap(() => sizes)).map((list) =>
    x.map((_, t) => list.slice(t * heads, (t + 1) * heads)),
  );
  const episodes = (of: ArrayLike<number>): EpisodeValues[] =>
    sequences.map((choices) => episodeOf(model, of, { x, targets, choices }));
  const probability = ({ logPi }: EpisodeValues): number => Math.exp(sum(logPi.flat()));
  const fixed = episodes(parameters);
  const weights = fixed.map(probability);
  const advantages = fixed.map(({ rewards, baselines }) => toGo(rewards).map((r, t) => r - baselines[t]!));
  /** A sum over the sequences that can happen. */
  const weighted = (all: readonly EpisodeValues[], f: (each: EpisodeValues, i: number) => number): number =>
    sum(all.map((each, i) => weights[i] && weights[i] * f(each, i)));
  const places = checked(model);
  const gradients = differences(parameters, places, episodes, {
    /** J, the expected sum of rewards, over every sequence of choices. */
    expected: (all) => sum(all.map((each) => probability(each) * sum(each.rewards))),
    /** What REINFORCE differentiates instead. */
    surrogate: (all) =>
      weighted(
        all,
        ({ rewards, logPi }, i) => sum(rewards) + sum(logPi.map((each, t) => advantages[i]![t]! * sum(each))),
      ),
    ofBaseline: (all) =>
      weighted(all, ({ baselines }, i) => sum(toGo(fixed[i]!.rewards).map((r, t) => (r - baselines[t]!) ** 2)) / 2),
  });
  const exact = gradients.expected;
  const ofBaselineAlone = new Set(
    [...model.namedParameters()]
      .filter(([path]) => path.startsWith("baseline."))
      .flatMap(([, { offset, size }]) => Array.from({ length: size }, (_, i) => offset + i)),
  );

  machines(`with ${what}: probabilities of all sequences of choices add up to 1`, () => {
    assert.ok(Math.abs(sum(weights) - 1) < 1e-12);
  });

  machines(
    `with ${what}: in expectation, REINFORCE and backpropagation have the gradient of J, in double precision`,
    () => {
      const scale = largest(exact);
      assert.ok(scale > 1e-2);
      gradients.surrogate.forEach((value, i) =>
        assert.ok(Math.abs(value - exact[i]!) < 1e-4 * scale, `${i}: ${value}, ${exact[i]}`),
      );
    },
  );

  machines(`with ${what}: so has the engine, in single precision, and the baseline that of its squared error`, () => {
    const program = episodeProgram(model, heads);
    const column = (values: readonly number[], size = 1) => array([x.length, 1, ...(size > 1 ? [size] : [])], values);
    const padded = x.map((_, t) => targets[t] ?? 0);
    const total = new Float64Array(parameters.length);
    sequences.forEach((choices, i) => {
      const weight = weights[i]!;
      if (!weight) return;
      const inputs = {
        x: column(x),
        targets: array([x.length, 1, 1], padded),
        mask: column(x.map((_, t) => Number(t < targets.length))),
        choices: array([x.length, 1, heads], choices.flat()),
      };
      const run = runProgram(engine, program, inputs, {
        lengths: { time: x.length },
        parameters: model.parameters.values,
      });
      const { predictions, rewards } = fixed[i]!;
      close(run.outputs["predictions"]!, array([x.length, 1, 3], predictions.flat()), { rtol: 1e-4, atol: 1e-5 });
      close(run.outputs["toGo"]!, array([x.length, 1], toGo(rewards)), { rtol: 1e-4, atol: 1e-5 });
      run.gradients.forEach((value, j) => (total[j]! += weight * value));
    });
    const wanted = gradients.ofBaseline.map((value, i) => (ofBaselineAlone.has(places[i]!) ? value : -exact[i]!));
    const scale = largest(exact);
    places.forEach((place, i) => {
      assert.ok(Math.abs(total[place]! - wanted[i]!) < 1e-2 * scale, `${place}: ${total[place]}, ${wanted[i]}`);
    });
  });
}

machines("a run takes the likeliest moves and stops at the end, as the equations do", () => {
  for (const [what, variant] of Object.entries(variants)) {
    for (let seed = 1; seed <= 6; ++seed) {
      const model = lively(variant);
      model.parameters.set(uniform(new Random(seed), [model.parameterCount], -1.5, 1.5).data);
      const input = [1, 2, 2];
      const steps = 9;
      const [run] = model.run(engine, [input], { steps, trace: true });
      const expected = episodeOf(model, Float64Array.from(model.parameters.values), {
        x: Array.from({ length: steps }, (_, t) => input[t] ?? 0),
        targets: [],
        free: true,
      });
      const put = expected.choices.map((each, t) => {
        const prediction = expected.predictions[t]!;
        return each.at(-1) ? prediction.indexOf(Math.max(...prediction)) : null;
      });
      const end = put.indexOf(0);
      assert.is(run!.ended, end >= 0, what);
      assert.is(run!.steps!.length, end < 0 ? steps : end + 1);
      run!.steps!.forEach((step, t) => {
        assert.is(step.put, put[t], `${what}, seed ${seed}, step ${t}`);
        const positions = expected.positions[t]!;
        assert.is(step.positions.input, ((positions[0]! % steps) + steps) % steps);
        assert.is(step.positions.output, positions.at(-1));
        if (!model.options.memory) return;
        const width = model.options.directAccess ? 3 : 2;
        close(array([4, width], step.memory), array([4, width], expected.memory[t]!.flat()), {
          rtol: 1e-3,
          atol: 1e-4,
        });
      });
    }
  }
});

machines("episodes predict every target exactly once, whatever is drawn", () => {
  const model = lively({ x: [], targets: [], slowdown: 0.01 });
  const ROWS = 40;
  const time = 6;
  const graph = new Graph(true);
  const length = graph.dimension("time");
  const episode = new Episode(model, {
    x: graph.input("x", [length, ROWS]),
    targets: graph.input("targets", [length, ROWS, 1]),
    mask: graph.input("mask", [length, ROWS]),
  });
  graph.output("made", episode.made);
  graph.output("due", episode.due);
  const program = model.compile(
    () => {},
    () => compile(graph),
  );
  const random = new Random(5);
  const counts = Array.from({ length: ROWS }, () => random.integer(1, time));
  const cells = (of: (t: number, row: number) => number): number[] =>
    Array.from({ length: time * ROWS }, (_, i) => of(Math.floor(i / ROWS), i % ROWS));
  const { outputs } = runProgram(
    engine,
    program,
    {
      x: array(
        [time, ROWS],
        cells(() => random.integer(0, 2)),
      ),
      targets: array(
        [time, ROWS, 1],
        cells((t) => t),
      ),
      mask: array(
        [time, ROWS],
        cells((t, row) => Number(t < counts[row]!)),
      ),
    },
    { lengths: { time }, parameters: model.parameters.values },
  );
  counts.forEach((count, row) => {
    const steps = Array.from({ length: time }, (_, t) => t).filter((t) => outputs["made"]!.data[t * ROWS + row]);
    assert.is(steps.length, count);
    steps.forEach((t, i) => assert.is(outputs["due"]!.data[t * ROWS + row], i));
  });
});

machines("draws are made again by the seed of training, and others by another", async () => {
  const losses = async (seed: number): Promise<number[]> => {
    const model = new ReinforcementLearningNTM({ ...tiny, symbols: 4 });
    const task = tapeTask({ symbols: 3, maxLength: 2, seed: 7 });
    const all: number[] = [];
    for await (const { step, loss } of train(engine, model, task, { batch: 9, seed, steps: 3 })) {
      all.push(loss);
      if (step === 3) break;
    }
    return all;
  };
  const first = await losses(1);
  assert.equal(await losses(1), first);
  assert.not.equal(await losses(2), first);
});

machines("what was saved and loaded writes the same", () => {
  const model = lively({ x: [], targets: [] });
  const loaded = load(save(model), { models: [ReinforcementLearningNTM] });
  const inputs = [[1], [2, 1, 2], [1, 1]];
  assert.equal(loaded.run(engine, inputs, { trace: true }), model.run(engine, inputs, { trace: true }));
});

machines("says what is wrong", () => {
  const model = lively({ x: [], targets: [] });
  const said = (f: () => unknown): string => thrownBy(f).message;
  assert.match(
    said(() => model.run(engine, [[1, 0, 2]])),
    /input 0, symbol 1 is 0, and must be .* 1 to 2/,
  );
  assert.match(
    said(() => model.run(engine, [[]])),
    /the length of input 0 is 0/,
  );
  assert.match(
    said(() => model.run(engine, [[1, 2, 2]], { steps: 3 })),
    /steps is 3, and must be .* from 4/,
  );
  assert.match(
    said(() => model.run(engine, [[1]], { limit: 3 } as never)),
    /limit/,
  );
  assert.match(
    said(() => new ReinforcementLearningNTM({ symbols: 3, memoryReach: 2, memoryCells: 4 })),
    /memoryReach is 2/,
  );
  assert.match(
    said(() => model.expectFit("train", tapeTask())),
    /symbols are 3, and must be 8/,
  );
});

machines.run();
