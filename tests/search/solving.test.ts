/** Searches that prove what is certain. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { connectFour } from "../../bindings/games/connectFour/connectFour.js";
import { ConnectFourSolver } from "../../bindings/games/connectFour/solver.js";
import type { Game } from "../../bindings/search/game.js";
import { simulate } from "../../bindings/search/simulate.js";
import { TreeSearch } from "../../bindings/search/treeSearch.js";
import { minimax, ticTacToe, uniform, type Squares } from "./games/ticTacToe.js";

const exact = minimax(ticTacToe);
const blind = uniform(ticTacToe);

/** A search that solves, after so many simulations. */
function solved<State>(game: Game<State>, state: State, simulations: number, leaves = 1): TreeSearch<State> {
  const search = new TreeSearch(game, { state, solve: true });
  simulate([search], uniform(game), { simulations, leaves });
  return search;
}

/** States of a game that is played at random, without the last. */
function playedAtRandom<State>(game: Game<State>, random: Random, from = game.start()): State[] {
  const states = [];
  for (let state = from; game.value(state) === undefined;) {
    states.push(state);
    const moves = game.moves(state);
    state = game.next(state, moves[random.integer(0, moves.length - 1)]!);
  }
  return states;
}

const solving = suite("searches that solve");

solving("whatever is proven is what minimax says, and late states are proven whole", () => {
  const random = new Random(1);
  const seen = { proven: 0, open: 0 };
  for (let game = 0; game < 40; ++game) {
    for (const state of playedAtRandom(ticTacToe, random)) {
      for (const leaves of [1, 5]) {
        const search = solved(ticTacToe, state, 100, leaves);
        for (const { move, result, value } of search.moves) {
          if (result === undefined) {
            ++seen.open;
            continue;
          }
          ++seen.proven;
          assert.is(result, -exact(ticTacToe.next(state, move)) || 0, `${state.join()}: ${move}`);
          assert.is(value, result);
        }
        if (ticTacToe.moves(state).length > 3) continue;
        assert.is(search.value, exact(state), state.join());
        assert.is(-exact(ticTacToe.next(state, search.choose())) || 0, exact(state), state.join());
      }
    }
  }
  assert.ok(seen.proven > 500 && seen.open > 500, JSON.stringify(seen));
});

solving("in time, every state that is won or lost is proven to be", () => {
  const random = new Random(3);
  const seen = [0, 0];
  for (let game = 0; game < 30; ++game) {
    for (const state of playedAtRandom(ticTacToe, random).slice(2)) {
      if (!exact(state)) continue;
      assert.is(solved(ticTacToe, state, 3_000).value, exact(state), state.join());
      ++seen[exact(state) > 0 ? 1 : 0]!;
    }
  }
  assert.ok(
    seen.every((count) => count > 10),
    seen.join(),
  );
});

solving("in Connect Four as the solver has it; no move that loses is played while there is another", () => {
  const game = connectFour();
  const solver = new ConnectFourSolver(game);
  const random = new Random(2);
  const proven = { lost: 0, drawn: 0, won: 0 };
  let saved = 0;
  for (let i = 0; i < 30; ++i) {
    const state = playedAtRandom(game, random).find(({ plies }) => plies === 24 + (i % 12));
    if (!state) continue;
    const values = solver.moveValues(state);
    const search = solved(game, state, 300, 4);
    for (const { move, result } of search.moves) {
      if (result === undefined) continue;
      ++proven[result > 0 ? "won" : result < 0 ? "lost" : "drawn"];
      assert.is(result, values[move], `${game.draw(state)} ${move}`);
    }
    const lost = search.moves.filter(({ result }) => result === -1).map(({ move }) => move);
    const policy = search.policy();
    if (!lost.length || lost.length === search.moves.length) continue;
    ++saved;
    for (const move of lost) assert.is(policy[move], 0);
    assert.not(lost.includes(search.choose()));
  }
  assert.ok(Math.min(proven.lost, proven.won, saved) > 0, JSON.stringify({ ...proven, saved }));
});

solving("a move that wins is found at once, and has all of the policy", () => {
  const state = [0, 3, 1, 4].reduce((s, move) => ticTacToe.next(s, move), ticTacToe.start());
  const search = solved(ticTacToe, state, 10);
  assert.is(search.value, 1);
  assert.is(search.choose(), 2);
  const policy = search.policy();
  assert.is(policy[2], 1);
  assert.is(
    policy.reduce((a, b) => a + b, 0),
    1,
  );
});

solving("goes on after a move, also into what is proven", () => {
  const search = new TreeSearch<Squares>(ticTacToe, { solve: true });
  let result = NaN;
  for (let plies = 0; !search.isOver; ++plies) {
    simulate([search], uniform(ticTacToe, exact), { simulations: 400, leaves: 3 });
    result = search.value * (plies % 2 ? -1 : 1) || 0;
    search.play(search.choose());
  }
  assert.is(search.value || 0, 0, "perfect play is a draw");
  assert.is(result, 0);
});

solving("without it nothing is proven but what is over, and a search goes by means alone", () => {
  const state = [0, 3, 1, 4].reduce((s, move) => ticTacToe.next(s, move), ticTacToe.start());
  const search = new TreeSearch(ticTacToe, { state });
  simulate([search], blind, { simulations: 200 });
  assert.ok(search.value < 1);
  assert.ok(search.moves.every((move) => !("result" in move)));
  assert.ok(search.policy().filter((part) => part > 0).length > 1);
});

solving.run();
