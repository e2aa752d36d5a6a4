import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { Random } from "../../bindings/common/random/philox.js";
import { connectFour } from "../../bindings/games/connectFour/connectFour.js";
import { ConnectFourSolver } from "../../bindings/games/connectFour/solver.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { ShapeError } from "../../bindings/graph/shapeError.js";
import { PolicyValueNetwork, type PolicyValueNetworkOptions } from "../../bindings/models.js";
import { simulate } from "../../bindings/search/simulate.js";
import { TreeSearch } from "../../bindings/search/treeSearch.js";
import { childOf, LabelledGames } from "../../bindings/systems/policyValueNetwork/labelledPositions.js";
import { connectFourTask, fillPositions, policyValueLosses, type PositionExample } from "../../bindings/tasks.js";
import { Batch } from "../../bindings/tasks/batch.js";
import type { AnyTask } from "../../bindings/tasks/task.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";
import { policyValueNetworkOf } from "./policyValueNetworkReference.js";

const engine = await testEngine();
const tiny: PolicyValueNetworkOptions = {
  height: 3,
  width: 4,
  planes: 2,
  actions: 5,
  blocks: 2,
  maps: 3,
  headMaps: 2,
  valueSize: 4,
  seed: 3,
};
const task: AnyTask<"moveError" | "valueError"> = {
  name: "positions",
  options: {},
  seed: 0,
  generate: () => undefined,
  ...policyValueLosses(5),
};

/** A model whose parameters are all random, biases too. */
function randomModel(options: Partial<PolicyValueNetworkOptions> = {}): PolicyValueNetwork {
  const model = new PolicyValueNetwork({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(11), [model.parameterCount], -0.6, 0.6).data);
  return model;
}

const noises = (count: number): Float32Array[] => {
  const random = new Random(5);
  return Array.from({ length: count }, () => Float32Array.from({ length: 24 }, () => random.uniform(-1, 1)));
};

const EXAMPLES: PositionExample[] = noises(3).map((position, i) => ({
  position,
  policy: [
    [0, 0.5, 0.5, 0, 0],
    [1, 0, 0, 0, 0],
    [0.1, 0.2, 0.3, 0.2, 0.2],
  ][i]!,
  value: [1, -1, 0][i]!,
}));

function batchOf(model: PolicyValueNetwork): Batch {
  const batch = new Batch(model.batchLayout());
  fillPositions(batch, EXAMPLES);
  return batch;
}

/** The loss of the paper, in double precision. */
function lossOf(model: PolicyValueNetwork, parameters: ArrayLike<number>): number {
  const reference = policyValueNetworkOf(model, parameters);
  return EXAMPLES.reduce((sum, { position, policy, value }) => {
    const said = reference.evaluate(position);
    const crossEntropy = said.policy.reduce((total, p, a) => total - policy[a]! * Math.log(p), 0);
    return sum + crossEntropy + (value - said.value) ** 2;
  }, 0);
}

function objectiveOf(model: PolicyValueNetwork) {
  const batch = batchOf(model);
  const graph = new Graph(true);
  const { loss, metrics } = model.objective(graph, task, batch.count);
  graph.result("loss", loss);
  for (const [name, metric] of Object.entries(metrics)) graph.result(name, metric);
  const program = compileGradients(graph, { differentiate: "loss", parameterCount: model.parameterCount });
  const inputs = Object.fromEntries(
    batch.fields.map(({ name, data, size }) => [
      name,
      array([batch.count, size], data.subarray(0, batch.count * size)),
    ]),
  );
  return runProgram(engine, program, inputs, { lengths: {}, parameters: model.parameters.values });
}

const network = suite("PolicyValueNetwork");

for (const blocks of [0, 1, 3]) {
  network(`with ${blocks} blocks, policy and value are those of the equations in double precision`, () => {
    const model = randomModel({ blocks });
    const reference = policyValueNetworkOf(model, model.parameters.values);
    const positions = noises(11);
    model.run(engine, positions).forEach(({ policy, value }, i) => {
      const expected = reference.evaluate(positions[i]!);
      close(array([5], policy), array([5], expected.policy), { rtol: 1e-4, atol: 1e-5 });
      assert.ok(Math.abs(value - expected.value) < 1e-4);
    });
  });
}

network("its loss and all its gradients are those of the equations, by central differences", () => {
  const model = randomModel();
  const { results, gradients } = objectiveOf(model);
  const values = array([model.parameterCount], model.parameters.values);
  assert.ok(Math.abs(results["loss"]! - lossOf(model, values.data)) < 1e-4);
  const [expected] = numericalGradients(([all]) => [array([], [lossOf(model, all!.data)])], [values], [array([], [1])]);
  close(array([model.parameterCount], gradients), expected!, { rtol: 5e-4, atol: 3e-5 });
});

network("its metrics are how much worse the likeliest move is, and the squared error of the value", () => {
  const model = randomModel();
  const reference = policyValueNetworkOf(model, model.parameters.values);
  const { results } = objectiveOf(model);
  let [moveError, valueError] = [0, 0];
  for (const { position, policy, value } of EXAMPLES) {
    const said = reference.evaluate(position);
    moveError += 1 - policy[said.policy.indexOf(Math.max(...said.policy))]! / Math.max(...Array.from(policy));
    valueError += (value - said.value) ** 2;
  }
  assert.ok(Math.abs(results["moveError"]! - moveError) < 1e-5);
  assert.ok(Math.abs(results["valueError"]! - valueError) < 1e-4);
});

network("every block starts as the identity", () => {
  const [none, four] = [0, 4].map((blocks) => new PolicyValueNetwork({ ...tiny, blocks }));
  void [none!.parameters, four!.parameters]; // laid out
  const named = new Map(none!.namedParameters());
  for (const [name, { offset, size }] of four!.namedParameters()) {
    const from = named.get(name);
    if (from) four!.parameters.values.set(none!.parameters.values.subarray(from.offset, from.offset + size), offset);
  }
  assert.equal(four!.run(engine, noises(4)), none!.run(engine, noises(4)));
});

network("the evaluator of a game sees its planes, in batches of any size, and guides a search", () => {
  const game = connectFour({ rows: 4, columns: 5 });
  const model = new PolicyValueNetwork({ height: 4, width: 5, planes: 3, actions: 5, maps: 4, blocks: 1, seed: 1 });
  const evaluate = model.evaluator(engine, game);
  const random = new Random(1);
  const states = Array.from({ length: 300 }, (_, i) => {
    let state = game.start();
    for (let ply = 0; ply < i % 7; ++ply) state = game.next(state, random.integer(0, 4));
    return state;
  });
  const planes = states.map((state) => {
    const into = new Float32Array(60);
    game.encode(state, into);
    return into;
  });
  assert.equal(evaluate(states), model.run(engine, planes));
  assert.equal(evaluate([]), []);
  const grown = [1, 2].map(() => {
    const search = new TreeSearch(game);
    simulate([search], evaluate, { simulations: 60, leaves: 4 });
    return search.moves;
  });
  assert.equal(grown[0], grown[1]);
});

network("a compiled model evaluates with the same bits", async () => {
  const model = randomModel();
  const compiled = loadCompiled(compileModel(model));
  const [position] = noises(1);
  const { policy, value } = compiled.call(await testEngine("run"), "evaluate", {
    position: { data: position!, shape: [1, 3, 4, 2] },
  });
  const [expected] = model.run(engine, [position!]);
  assert.equal([policy!.data, value!.data[0]], [expected!.policy, expected!.value]);
});

network(
  "it learns perfect play on a board of 4 × 5: few of its moves change the result, on games it has not seen",
  async () => {
    const task = connectFourTask({ rows: 4, columns: 5, games: 400, opening: 3, seed: 1 });
    const model = new PolicyValueNetwork({ height: 4, width: 5, planes: 3, actions: 5, maps: 12, blocks: 2, seed: 1 });
    const release = await testEngine("release");
    const measured = async () =>
      evaluate(release, model, task, { sequences: 200, seed: 9 }) as Promise<Record<string, number>>;
    const before = await measured();
    for await (const { step } of train(release, model, task, { batch: 32, optimizer: adam({ learningRate: 3e-3 }) })) {
      if (step === 250) break;
    }
    const after = await measured();
    assert.ok(after["moveError"]! < 0.5 * before["moveError"]!, `${before["moveError"]} to ${after["moveError"]}`);
    assert.ok(after["valueError"]! < 0.6 * before["valueError"]!, `${before["valueError"]} to ${after["valueError"]}`);
  },
);

network("refuses positions and games that do not fit", () => {
  const model = randomModel();
  const faults: [unknown, RegExp][] = [
    [undefined, /the positions are undefined/],
    [[[1, 2]], /position 0 is an array of 2, and must be 24 numbers: 3 × 4 squares of 2/],
    [[null], /position 0 is null of undefined/],
    [[Array(24).fill(NaN)], /number 0 of position 0 is NaN/],
  ];
  for (const [positions, message] of faults) assert.throws(() => model.run(engine, positions as never), message);
  const error = thrownBy(() => model.evaluator(engine, connectFour()));
  assert.instance(error, ShapeError);
  assert.match(error.message, "planes and actions of the game are 6,7,3 and 7, and must be 3,4,2 and 5");
  assert.throws(() => model.expectFit("train", connectFourTask()), /height of the model is 3, and must be 6/);
});

network.run();

const labels = suite("positions of Connect Four with labels");

labels("values and best moves are the solver's, and games that are held out are others", () => {
  const task = connectFourTask({ rows: 4, columns: 5, games: 60, opening: 4, seed: 2 });
  const solver = new ConnectFourSolver(task.game, { tableBits: 12 });
  const random = new Random(1);
  const seen = new Map<string, Set<string>>();
  for (const of of ["learned", "held out"] as const) {
    const keys = new Set<string>();
    for (let i = 0; i < 600; ++i) {
      const { state, value, best } = task.draw(random, of);
      keys.add(task.game.key(state));
      assert.is(solver.value(state), value);
      const values = solver.moveValues(state);
      assert.equal(
        best,
        task.game.moves(state).filter((move) => values[move] === value),
      );
      assert.ok(state.plies >= 4);
    }
    seen.set(of, keys);
  }
  assert.ok(seen.get("held out")!.size <= 3 * 16, "three games");
  assert.ok(seen.get("learned")!.size > 100);
});

labels("openings are of every length of the spread, each as often", () => {
  const small = connectFour({ rows: 4, columns: 5 });
  const games = new LabelledGames(small, { opening: 3, spread: 4, continuations: 1, mistakes: 0.4, seed: 1 });
  const lengths = new Map<number, number>();
  for (let number = 0; number < 100; ++number) {
    const [first] = games.positions(number);
    if (first) lengths.set(first.state.plies, (lengths.get(first.state.plies) ?? 0) + 1);
    assert.is(first?.state.plies ?? 3 + (number % 5), 3 + (number % 5));
  }
  assert.equal([...lengths.keys()].sort(), [3, 4, 5, 6, 7]);
  for (const count of lengths.values()) assert.ok(count <= 20 && count > 10, `${count} of 20`);
});

labels(
  "games go on from the same opening, with other moves, and no position twice; none is learned from and held out",
  () => {
    const small = connectFour({ rows: 4, columns: 5 });
    const play = { opening: 3, spread: 4, mistakes: 0.4, seed: 1 };
    const single = new LabelledGames(small, { ...play, continuations: 1 });
    const games = new LabelledGames(small, { ...play, continuations: 3 });
    let [more, openings] = [0, 0];
    for (let group = 0; group < 50; ++group) {
      const numbers = [3 * group + 2, 3 * group, 3 * group + 1]; // asked for in any order
      const [last, first, second] = numbers.map((number) => games.positions(number));
      if (!first!.length) continue;
      const length = 3 + (group % 5);
      assert.is(first![0]!.state.plies, length);
      if (length === 3 + ((3 * group) % 5)) assert.equal(first, single.positions(3 * group));
      const all = [...first!, ...second!, ...last!];
      assert.is(new Set(all.map(({ state }) => small.key(state))).size, all.length);
      assert.is(all.filter(({ state }) => state.plies === length).length, 1);
      ++openings;
      more += all.length / first!.length;
    }
    assert.ok(openings > 40 && more / openings > 1.3, `${more / openings}`);

    const task = connectFourTask({ rows: 4, columns: 5, games: 60, opening: 4, continuations: 3, seed: 2 });
    const random = new Random(1);
    const openingsOf = (of: "learned" | "held out"): Set<string> =>
      new Set(
        Array.from({ length: 2000 }, () => task.draw(random, of))
          .filter(({ state }) => state.plies === 4)
          .map(({ state }) => task.game.key(state)),
      );
    const learned = openingsOf("learned");
    assert.is(openingsOf("held out").size, 1);
    assert.ok(learned.size > 12, `${learned.size}`);
    const options = { rows: 4, columns: 5, opening: 4 };
    for (const games of [61, 3]) {
      assert.throws(() => connectFourTask({ ...options, games, continuations: 3 }), /games must be a multiple of that/);
    }
    assert.not.ok("continuations" in connectFourTask(options).options);
  },
);

labels("quiet positions are drawn as often as is asked for: a move can be a mistake, and nobody wins at once", () => {
  const board = { rows: 4, columns: 5, games: 60, opening: 4, seed: 2 };
  const quietOf = (quiet: number, of: "learned" | "held out" = "learned"): number => {
    const task = connectFourTask({ ...board, quiet });
    const random = new Random(1);
    const isQuiet = Array.from({ length: 400 }, () => {
      const { state, best } = task.draw(random, of);
      const moves = task.game.moves(state);
      const other: typeof state = { ...state, own: [state.all[0] & ~state.own[0], state.all[1] & ~state.own[1]] };
      const wins = [state, other].some((of) => moves.some((move) => task.game.value(task.game.next(of, move)) === -1));
      return best.length < moves.length && !wins;
    });
    return isQuiet.filter((each) => each).length / 400;
  };
  const usual = quietOf(0);
  assert.ok(usual > 0.02 && usual < 0.5, `${usual}`);
  assert.is(quietOf(1), 1);
  assert.ok(Math.abs(quietOf(0.5) - (0.5 + usual / 2)) < 0.1);
  assert.is(quietOf(1, "held out"), quietOf(0, "held out"));
});

labels("children are a move behind a position, with the value that the solver gives them, and no policy", () => {
  const board = { rows: 4, columns: 5, games: 60, opening: 4, seed: 2 };
  const task = connectFourTask(board);
  const solver = new ConnectFourSolver(task.game, { tableBits: 12 });
  const random = new Random(1);
  const values = new Map<number, number>();
  for (let i = 0; i < 600; ++i) {
    const position = task.draw(random, "learned");
    const child = childOf(random, task.game, position);
    if (!child) continue;
    values.set(child.value, (values.get(child.value) ?? 0) + 1);
    assert.is(solver.value(child.state), child.value);
    assert.is(child.state.plies, position.state.plies + 1);
    assert.equal(child.best, []);
  }
  assert.equal([...values.keys()].sort(), [-1, 0, 1]);
  for (const count of values.values()) assert.ok(count > 20, `${count}`);
  const { planes } = task;
  const model = new PolicyValueNetwork({ height: 4, width: 5, planes, actions: 5 });
  /** Sums of policies: 1, or next to nothing where none is known. */
  const sumsOf = (children: number, step?: number): number[] => {
    const batch = new Batch(model.batchLayout());
    connectFourTask({ ...board, children }).generate(new Random(1), 200, batch, step === undefined ? {} : { step });
    const policy = batch.block("policy");
    return Array.from({ length: 200 }, (_, row) => policy.subarray(5 * row, 5 * row + 5).reduce((a, b) => a + b));
  };
  const without = (children: number, step?: number): number =>
    sumsOf(children, step).filter((sum) => sum > 0 && sum < 1e-6).length;
  assert.is(without(0, 1), 0);
  assert.is(without(0.5), 0, "evaluation has none");
  assert.ok(without(0.5, 1) > 50 && without(0.5, 1) < 110, `${without(0.5, 1)}`);
  assert.not.ok("children" in task.options);
});

labels("of a child's policy nothing is learned, and no move is an error", async () => {
  const board = { rows: 4, columns: 4, games: 40, opening: 3, seed: 1 };
  const model = new PolicyValueNetwork({ height: 4, width: 4, planes: 3, actions: 4, blocks: 1, maps: 4, seed: 3 });
  const policyOf = (): Float32Array => {
    const { values } = model.parameters;
    const { offset, size } = new Map(model.namedParameters()).get("policy.bias")!;
    return values.slice(offset, offset + size);
  };
  const before = policyOf();
  const onlyChildren = connectFourTask({ ...board, children: 1 });
  const generate: typeof onlyChildren.generate = (random, count, batch, options) => {
    onlyChildren.generate(random, count, batch, options);
    batch.block("policy").fill(1e-30);
  };
  let last: Record<string, number> = {};
  for await (const { step, ...metrics } of train(engine, model, { ...onlyChildren, generate }, { batch: 8 })) {
    last = metrics as unknown as Record<string, number>;
    if (step === 3) break;
  }
  assert.is(last["moveError"], 0);
  policyOf().forEach((each, i) => assert.ok(Math.abs(each - before[i]!) < 1e-6));
});

labels("batches are the same for a seed, and training draws positions or their mirror images", () => {
  const task = connectFourTask({ rows: 4, columns: 4, games: 40, opening: 3, seed: 1 });
  const model = new PolicyValueNetwork({ height: 4, width: 4, planes: 3, actions: 4 });
  const drawn = (seed: number, step?: number): Record<string, number[]> => {
    const batch = new Batch(model.batchLayout());
    task.generate(new Random(seed), 50, batch, step === undefined ? {} : { step });
    return Object.fromEntries(batch.fields.map(({ name, data, size }) => [name, [...data.subarray(0, 50 * size)]]));
  };
  assert.equal(drawn(1, 1), drawn(1, 1));
  assert.not.equal(drawn(1, 1), drawn(2, 1));
  assert.not.equal(drawn(1, 1), drawn(1));
  const { policy, value } = drawn(1, 1);
  for (let row = 0; row < 50; ++row) {
    const sum = policy!.slice(4 * row, 4 * row + 4).reduce((a, b) => a + b);
    assert.ok(Math.abs(sum - 1) < 1e-6);
    assert.ok([-1, 0, 1].includes(value![row]!));
  }
});

labels("refuses options out of range", () => {
  assert.throws(() => connectFourTask({ columns: 3 }), /columns is 3/);
  assert.throws(() => connectFourTask({ rows: 6, columns: 9 }), /of 6 rows: columns is 9/);
  assert.throws(() => connectFourTask({ rows: 4, columns: 4, opening: 16 }), /opening is 16/);
  assert.throws(() => connectFourTask({ rows: 4, columns: 4, opening: 10, spread: 6 }), /of opening 10: spread is 6/);
  const late = connectFourTask({ opening: 40, games: 2, seed: 1 });
  assert.throws(() => late.draw(new Random(1), "learned"), /of 2 games too few are longer than 40 random moves/);
});

labels.run();
