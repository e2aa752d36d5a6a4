import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { connectFour, type ConnectFour } from "../../bindings/games/connectFour/connectFour.js";
import type { ConnectFourState } from "../../bindings/games/connectFour/state.js";
import { ConnectFourSolver } from "../../bindings/games/connectFour/solver.js";
import { scoredPositions } from "./connectFourPositions.js";

const solver = suite("the solver of Connect Four");

/** Value and moves left by trying everything: the winner as soon, the loser as late as can be. */
function bruteForce(game: ConnectFour) {
  const known = new Map<string, readonly [value: number, movesLeft: number]>();
  return function solve(state: ConnectFourState): readonly [value: number, movesLeft: number] {
    const key = game.key(state);
    const before = known.get(key);
    if (before) return before;
    const ended = game.value(state);
    let best: readonly [number, number] | undefined = ended === undefined ? undefined : [ended, 0];
    for (const move of ended === undefined ? game.moves(state) : []) {
      const [value, left] = solve(game.next(state, move));
      const mine = [-value || 0, left + 1] as const;
      const isBetter =
        !best || mine[0] > best[0] || (mine[0] === best[0] && (mine[0] > 0 ? mine[1] < best[1] : mine[1] > best[1]));
      if (isBetter) best = mine;
    }
    known.set(key, best!);
    return best!;
  };
}

function randomState(game: ConnectFour, random: Random, plies: number): ConnectFourState {
  while (true) {
    let state = game.start();
    while (state.plies < plies && game.value(state) === undefined) {
      const moves = game.moves(state);
      state = game.next(state, moves[random.integer(0, moves.length - 1)]!);
    }
    if (state.plies === plies) return state;
  }
}

for (const [rows, columns] of [
  [4, 4],
  [2, 5],
  [3, 5],
  [5, 4],
] as const) {
  solver(`on ${rows} rows and ${columns} columns, values and moves left are those of trying everything`, () => {
    const game = connectFour({ rows, columns });
    const exact = bruteForce(game);
    const solver = new ConnectFourSolver(game, { tableBits: 14 }); // so small that places are taken again
    const random = new Random(1);
    for (let i = 0; i < 400; ++i) {
      const state = randomState(game, random, i % (rows * columns));
      const [value, movesLeft] = exact(state);
      assert.is(solver.value(state), value);
      const { score, movesLeft: left } = solver.score(state);
      assert.equal([Math.sign(score) || 0, left], [value, movesLeft]);
      const moves = solver.moveValues(state);
      game.moves(state).forEach((move) => assert.is(moves[move], -exact(game.next(state, move))[0] || 0));
      assert.is(moves.filter((value) => !Number.isNaN(value)).length, game.moves(state).length);
      const best = game.moves(state).filter((move) => moves[move] === value);
      assert.equal(solver.best(state), { value, moves: best });
    }
  });
}

solver("late positions of the full board have the values of trying everything", () => {
  const game = connectFour();
  const solver = new ConnectFourSolver(game, { tableBits: 16 });
  const random = new Random(2);
  for (let i = 0; i < 60; ++i) {
    const state = randomState(game, random, 28 + (i % 12));
    const [value, movesLeft] = bruteForce(game)(state);
    const { score, movesLeft: left } = solver.score(state);
    assert.equal([Math.sign(score) || 0, left], [value, movesLeft], game.draw(state));
  }
});

solver("published positions of the full board have their scores", () => {
  const game = connectFour();
  const solver = new ConnectFourSolver(game);
  for (const [moves, score] of scoredPositions) assert.is(solver.score(game.position(moves)).score || 0, score, moves);
});

solver("the 12 plies 444333377755 of the Fhourstones benchmark are won by the player to move", () => {
  const game = connectFour();
  assert.is(new ConnectFourSolver(game).value(game.position("444333377755")), 1);
});

// John Tromp, https://tromp.github.io/c4/c4.html: the value of the empty board for the first player.
for (const [rows, columns, value] of [
  [4, 4, 0],
  [4, 5, 0],
  [4, 6, -1],
  [5, 4, 0],
  [5, 5, 0],
  [6, 4, 0],
] as const) {
  solver(`the empty board of ${rows} rows and ${columns} columns is ${value ? "lost" : "drawn"}, as is known`, () => {
    const game = connectFour({ rows, columns });
    assert.is(new ConnectFourSolver(game, { tableBits: 20 }).value(game.start()), value);
  });
}

solver("a table of any size gives the same values", () => {
  const game = connectFour();
  const solvers = [4, 10, 20].map((tableBits) => new ConnectFourSolver(game, { tableBits }));
  const random = new Random(3);
  for (let i = 0; i < 20; ++i) {
    const state = randomState(game, random, 18 + (i % 10));
    assert.is(new Set(solvers.map((solver) => solver.score(state).score)).size, 1);
  }
  assert.ok(solvers[2]!.nodes < solvers[0]!.nodes);
});

solver("refuses options that it does not have, and tables beyond memory", () => {
  const game = connectFour();
  assert.throws(() => new ConnectFourSolver(game, { tableBits: 40 }), /tableBits is 40/);
  assert.throws(() => new ConnectFourSolver(game, { depth: 4 } as object), /has no option "depth"/);
});

solver.run();
