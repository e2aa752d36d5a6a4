import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { EvaluationError, IllegalMoveError, NoMoveError } from "../../bindings/search/errors.js";
import type { Evaluator } from "../../bindings/search/evaluator.js";
import { simulate } from "../../bindings/search/simulate.js";
import { TreeSearch, type TreeSearchOptions } from "../../bindings/search/treeSearch.js";
import { sliding, slidingDistances } from "./games/sliding.js";
import { minimax, ticTacToe, uniform, type Squares } from "./games/ticTacToe.js";
import { thrownBy } from "../support/thrown.js";

const blind = uniform(ticTacToe);
const exact = minimax(ticTacToe);

/** A policy and values that look like a network's: fixed numbers of each state. */
const intuition: Evaluator<Squares> = (states) =>
  states.map((squares) => {
    const random = new Random(squares.reduce((sum, square) => 3 * sum + square + 1, 0));
    return { policy: squares.map(() => random.uniform(0.05, 1)), value: random.uniform(-1, 1) };
  });

function grown(options: TreeSearchOptions<Squares>, simulations: number, evaluate = blind, leaves = 1) {
  const search = new TreeSearch(ticTacToe, options);
  simulate([search], evaluate, { simulations, leaves });
  return search;
}

const play = (...moves: number[]): Squares => moves.reduce(ticTacToe.next, ticTacToe.start());
const visitsOf = (search: TreeSearch<Squares>): number[] => search.moves.map(({ visits }) => visits);

const tree = suite("tree search");

tree("with exact values, a few simulations a move find a move that keeps the value, in every state", () => {
  const random = new Random(1);
  for (let game = 0; game < 60; ++game) {
    let state = ticTacToe.start();
    while (ticTacToe.value(state) === undefined) {
      const search = grown({ state }, 20 * ticTacToe.moves(state).length, uniform(ticTacToe, exact));
      const after = ticTacToe.next(state, search.choose());
      assert.is(-exact(after) || 0, exact(state), state.join());
      const moves = ticTacToe.moves(state);
      state = ticTacToe.next(state, moves[random.integer(0, moves.length - 1)]!);
    }
  }
});

tree("with no knowledge at all, it converges to minimax: moves, and values", () => {
  for (const state of [play(), play(0), play(0, 1), play(4, 1), play(0, 4, 8), play(1, 0, 4)]) {
    const errors = [30, 300, 10_000].map((n) => Math.abs(grown({ state }, n).value - exact(state)));
    assert.ok(errors[2]! < 0.08, `${state.join()}: ${errors.join()}`);
    if (exact(state)) assert.ok(errors[2]! < errors[0]! / 3, `${state.join()}: ${errors.join()}`);
    const best = grown({ state }, 10_000).choose();
    assert.is(-exact(ticTacToe.next(state, best)) || 0, exact(state));
  }
});

tree("a move is chosen by Q + c P √N / (1 + N), as a few lines say it", () => {
  const search = new TreeSearch(ticTacToe, { exploration: 2 });
  simulate([search], intuition, { simulations: 1 });
  for (let i = 0; i < 200; ++i) {
    const before = search.moves;
    const n = 1 + before.reduce((sum, { visits }) => sum + visits, 0);
    const scores = before.map(({ prior, visits, value }) => value + (2 * prior * Math.sqrt(n)) / (1 + visits));
    simulate([search], intuition, { simulations: 1 });
    const visited = search.moves.findIndex(({ visits }, k) => visits > before[k]!.visits);
    assert.is(visited, scores.indexOf(Math.max(...scores)));
  }
});

tree("visits add up to the simulations, priors to 1, and values are means", () => {
  for (const leaves of [1, 2, 7, 64]) {
    const search = grown({}, 500, intuition, leaves);
    assert.is(
      visitsOf(search).reduce((a, b) => a + b),
      500,
    );
    assert.is(search.simulations, 500);
    const { moves } = search;
    assert.ok(Math.abs(moves.reduce((sum, { prior }) => sum + prior, 0) - 1) < 1e-12);
    const mean = moves.reduce((sum, { visits, value }) => sum + visits * value, 0) / 500;
    assert.ok(Math.abs(search.value - mean) < 1e-12);
  }
});

tree("one leaf at a time, it is the same tree whether simulated at once or one by one", () => {
  const once = grown({}, 400, intuition);
  const often = new TreeSearch(ticTacToe);
  for (let i = 0; i < 400; ++i) simulate([often], intuition, { simulations: 1 });
  assert.equal(often.moves, once.moves);
  assert.equal(often.line, once.line);
});

tree("many games in one batch grow as each would alone, whatever the batch", () => {
  const states = [play(), play(4), play(0, 4), play(0, 1, 3, 6), play(8, 4, 0)];
  for (const leaves of [1, 4, 16]) {
    const searches = states.map((state) => new TreeSearch(ticTacToe, { state }));
    let largest = 0;
    simulate(
      searches,
      (leavesOf) => {
        largest = Math.max(largest, leavesOf.length);
        return intuition(leavesOf);
      },
      { simulations: 200, leaves },
    );
    assert.ok(largest > 3 * Math.min(leaves, 4), `${largest} of ${leaves}`);
    searches.forEach((search, i) => {
      assert.equal(search.moves, grown({ state: states[i]! }, 200, intuition, leaves).moves);
    });
  }
});

tree("virtual visits spread a batch over different leaves", () => {
  const search = new TreeSearch(ticTacToe);
  search.update(intuition(search.select(1)));
  const leaves = search.select(9);
  assert.is(new Set(leaves.map(String)).size, leaves.length);
  assert.ok(leaves.length >= 5);
  search.update(intuition(leaves));
  assert.is(search.simulations, leaves.length);
});

tree("batches of virtual visits find what single visits find", () => {
  for (const state of [play(0), play(4, 1), play(0, 1, 3)]) {
    const best = grown({ state }, 2000, blind, 16).choose();
    assert.is(-exact(ticTacToe.next(state, best)) || 0, exact(state));
  }
});

tree("a move that is played keeps its subtree: visits, values, and what comes after", () => {
  const search = grown({}, 800, intuition, 4);
  const best = search.choose();
  const { visits } = search.moves.find(({ move }) => move === best)!;
  const line = search.line;
  search.play(best);
  assert.is(search.state.join(), play(best).join());
  assert.is(search.simulations, visits - 1); // its own evaluation is one of the visits
  assert.is(
    visitsOf(search).reduce((a, b) => a + b),
    visits - 1,
  );
  assert.equal(search.line, line.slice(1));
  simulate([search], intuition, { simulations: 100 });
  assert.is(search.simulations, visits - 1 + 100);
});

tree("a move that was never visited starts a new tree", () => {
  const search = new TreeSearch(ticTacToe);
  search.play(4);
  assert.is(search.simulations, 0);
  simulate([search], intuition, { simulations: 50 });
  assert.equal(search.moves, grown({ state: play(4) }, 50, intuition).moves);
});

tree("a game that is searched with reuse, noise and temperature is the same bits for its seed", () => {
  const game = (seed: number, stream: number): number[] => {
    const search = new TreeSearch(ticTacToe, { noise: { concentration: 1 }, seed, stream });
    const moves: number[] = [];
    while (!search.isOver) {
      simulate([search], intuition, { simulations: 30, leaves: 4 });
      moves.push(search.choose({ temperature: 1 }), ...visitsOf(search), search.value);
      search.play(moves.at(-visitsOf(search).length - 2)!);
    }
    return moves;
  };
  assert.equal(game(1, 0), game(1, 0));
  assert.not.equal(game(1, 0), game(2, 0));
  assert.not.equal(game(1, 0), game(1, 1));
});

tree("noise changes what is visited, and not the priors that are told", () => {
  const [plain, noisy] = [null, { concentration: 0.3 }].map((noise) => grown({ noise }, 100, intuition));
  assert.not.equal(visitsOf(plain!), visitsOf(noisy!));
  assert.equal(
    plain!.moves.map(({ prior }) => prior),
    noisy!.moves.map(({ prior }) => prior),
  );
  assert.equal(visitsOf(grown({ noise: { concentration: 0.3, share: 0 } }, 100, intuition)), visitsOf(plain!));
});

tree("noise reaches moves of which the policy thinks nothing", () => {
  const certain: Evaluator<Squares> = (states) => states.map(() => ({ policy: [1, 0, 0, 0, 0, 0, 0, 0, 0], value: 0 }));
  assert.equal(visitsOf(grown({}, 50, certain)).slice(1), Array(8).fill(0));
  const tried = new Set<number>();
  for (let seed = 0; seed < 40; ++seed) {
    const { moves } = grown({ noise: { concentration: 0.5 }, seed }, 50, certain);
    for (const { move, visits } of moves) if (visits) tried.add(move);
  }
  assert.is(tried.size, 9);
});

tree("temperature 1 is in proportion to visits, 0 the most visited, and between them a power", () => {
  const search = grown({}, 300, intuition);
  const visits = visitsOf(search);
  for (const temperature of [0.25, 0.5, 1, 2]) {
    const powers = visits.map((n) => n ** (1 / temperature));
    const sum = powers.reduce((a, b) => a + b);
    search.policy({ temperature }).forEach((p, i) => assert.ok(Math.abs(p - powers[i]! / sum) < 1e-12));
  }
  const best = visits.indexOf(Math.max(...visits));
  assert.equal(
    [...search.policy({ temperature: 0 })],
    visits.map((_, i) => Number(i === best)),
  );
  assert.is(search.choose(), best);
  assert.ok(Math.abs(search.policy({ temperature: 0.001 })[best]! - 1) < 1e-9);
});

tree("moves are drawn as often as the policy says", () => {
  const search = grown({}, 60, intuition);
  const policy = search.policy();
  const counts = Array<number>(9).fill(0);
  for (let i = 0; i < 20_000; ++i) ++counts[search.choose({ temperature: 1 })]!;
  counts.forEach((count, move) => {
    const deviation = Math.sqrt(20_000 * policy[move]! * (1 - policy[move]!));
    assert.ok(Math.abs(count - 20_000 * policy[move]!) <= 4.5 * deviation, `${move}: ${count}`);
  });
});

tree("one player's values are not turned: a puzzle is solved by its tree", () => {
  const distances = slidingDistances();
  const random = new Random(1);
  const states = [...distances].filter(([, distance]) => distance > 0 && distance <= 8).map(([tiles]) => tiles);
  for (let i = 0; i < 20; ++i) {
    let state = states[random.integer(0, states.length - 1)]!;
    const evaluate = uniform(sliding, (tiles) => 1 - distances.get(tiles)! / 11); // −1 at the farthest, 21 or 22
    for (let left = distances.get(state)!; left > 0; --left) {
      const search = new TreeSearch(sliding, { state });
      simulate([search], evaluate, { simulations: 200 });
      state = sliding.next(state, search.choose());
      assert.is(distances.get(state), left - 1);
    }
  }
});

const refused = suite("tree search refuses");

refused("a search with no move, and a budget of 0", () => {
  const won = new TreeSearch(ticTacToe, { state: play(0, 3, 1, 4, 2) });
  for (const act of [
    () => simulate([won], blind, { simulations: 1 }),
    () => won.select(1),
    () => won.policy(),
    () => won.choose(),
    () => won.play(5),
  ]) {
    const error = thrownBy(act) as NoMoveError;
    assert.instance(error, NoMoveError);
    assert.is(error.value, -1);
    assert.match(error.message, "the game is over, with the value -1 for the player to move");
  }
  assert.is(won.value, -1);
  const search = new TreeSearch(ticTacToe);
  for (const simulations of [0, -1, 1.5, NaN, Infinity]) {
    const error = thrownBy(() => simulate([search], blind, { simulations }));
    assert.instance(error, RangeError);
    assert.match(error.message, "simulations is");
  }
  assert.throws(() => simulate([search], blind, { simulations: 1, leaves: 0 }), /leaves is 0/);
  assert.throws(() => search.policy(), /without simulations/);
  const stuck = { ...ticTacToe, moves: () => [] };
  assert.throws(() => simulate([new TreeSearch(stuck)], blind, { simulations: 1 }), /its rules give no move/);
});

refused("illegal moves, and changes nothing", () => {
  const search = grown({ state: play(4) }, 50, intuition);
  const before = search.moves;
  for (const move of [4, 9, -1, 0.5, NaN]) {
    const error = thrownBy(() => search.play(move)) as IllegalMoveError;
    assert.instance(error, IllegalMoveError);
    assert.equal(error.legal, [0, 1, 2, 3, 5, 6, 7, 8]);
  }
  assert.equal(search.moves, before);
});

refused("evaluations that do not fit, and takes the simulations back", () => {
  const fine = { policy: Array<number>(9).fill(1), value: 0 };
  const faults: [Evaluator<Squares>, RegExp][] = [
    [() => [], /evaluations are 0, and must be 1/],
    [() => [fine, fine], /evaluations are 2, and must be 1/],
    [() => [{ ...fine, policy: [1] }], /1 probabilities, and must have one of 9 actions/],
    [() => [{ ...fine, value: 1.5 }], /value of a state is 1.5/],
    [() => [{ ...fine, value: NaN }], /value of a state is NaN/],
    [() => [{ ...fine, policy: [...fine.policy.slice(1), NaN] }], /NaN for move 8/],
    [() => [{ ...fine, policy: [-1, ...fine.policy.slice(1)] }], /-1 for move 0/],
  ];
  for (const [evaluate, message] of faults) {
    const search = grown({}, 20, intuition);
    const error = thrownBy(() => simulate([search], evaluate, { simulations: 5 }));
    assert.instance(error, EvaluationError);
    assert.match(error.message, message);
    assert.is(search.simulations, 20);
    simulate([search], intuition, { simulations: 30 });
    assert.equal(search.moves, grown({}, 50, intuition).moves);
  }
  const search = new TreeSearch(ticTacToe);
  search.select(1);
  assert.throws(() => search.play(4), /while leaves wait/);
});

refused("options that are unknown or not allowed", () => {
  const faults: [object, RegExp][] = [
    [{ exploration: 0 }, /exploration is 0/],
    [{ noise: {} }, /needs the option "concentration"/],
    [{ noise: { concentration: 0 } }, /concentration is 0/],
    [{ noise: { concentration: 1, share: 2 } }, /share is 2/],
    [{ noise: 3 }, /noise is 3/],
    [{ seed: -1 }, /seed is -1/],
    [{ depth: 4 }, /has no option "depth"/],
  ];
  for (const [options, message] of faults) assert.throws(() => new TreeSearch(ticTacToe, options), message);
  assert.throws(() => grown({}, 5).policy({ temperature: -1 }), /temperature is -1/);
});

tree.run();
refused.run();
