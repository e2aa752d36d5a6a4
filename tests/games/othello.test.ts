import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { othello, type Othello, type OthelloState } from "../../bindings/games/othello/othello.js";
import { IllegalMoveError, ImpossiblePositionError } from "../../bindings/search/errors.js";
import { simulate } from "../../bindings/search/simulate.js";
import { TreeSearch } from "../../bindings/search/treeSearch.js";
import { thrownBy } from "../support/thrown.js";
import { uniform } from "../search/games/ticTacToe.js";

const game = othello();

/** Games of so many moves. */
function games(of: Othello, state: OthelloState, plies: number): number {
  if (plies === 0) return 1;
  return of.moves(state).reduce((sum, move) => sum + games(of, of.next(state, move), plies - 1), 0);
}

const rules = suite("Othello");

rules("on 8 × 8 there are as many games of n moves as are known", () => {
  const full = othello({ side: "8" });
  const counts = [1, 2, 3, 4, 5, 6].map((plies) => games(full, full.start(), plies));
  assert.equal(counts, [4, 12, 56, 244, 1396, 8200]);
});

rules("discs are conserved: each move adds one and turns at least one, and passes change nothing", () => {
  const random = new Random(1);
  let passes = 0;
  for (let i = 0; i < 100; ++i) {
    let state = game.start();
    while (game.value(state) === undefined) {
      const moves = game.moves(state);
      const move = moves[random.integer(0, moves.length - 1)]!;
      const next = game.next(state, move);
      const count = (of: OthelloState, disc: number): number => of.squares.filter((each) => each === disc).length;
      if (move === game.pass) {
        ++passes;
        assert.equal(
          [...next.squares],
          Array.from(state.squares, (disc) => -disc || 0),
        );
      } else {
        const before = [count(state, 1), count(state, -1)];
        const after = [count(next, -1), count(next, 1)];
        assert.is(after[0]! + after[1]!, before[0]! + before[1]! + 1);
        assert.ok(after[1]! < before[1]!);
      }
      state = next;
    }
    assert.equal(game.moves(state), []);
    const sum = state.squares.reduce((a, b) => a + b, 0);
    assert.is(game.value(state), Math.sign(sum) || 0);
  }
  assert.ok(passes > 10, `${passes}`);
});

rules("the board of 4 × 4 is won by the second player", () => {
  const small = othello({ side: "4" });
  const known = new Map<string, number>();
  const valueOf = (state: OthelloState): number => {
    const key = small.key(state);
    const before = known.get(key);
    if (before !== undefined) return before;
    const value =
      small.value(state) ?? Math.max(...small.moves(state).map((move) => -valueOf(small.next(state, move))));
    known.set(key, value);
    return value;
  };
  assert.is(valueOf(small.start()), -1);
  // And a search that knows nothing finds the only refutation of each first move, or one of them.
  for (const move of small.moves(small.start())) {
    const search = new TreeSearch(small, { state: small.next(small.start(), move) });
    simulate([search], uniform(small), { simulations: 3000, leaves: 4 });
    assert.is(-valueOf(small.next(search.state, search.choose())), 1);
  }
});

rules("positions are read and drawn, and planes are those of the player to move", () => {
  const state = game.position("b3");
  assert.is(
    game.draw(state),
    [
      "  a b c d e f",
      "1 . . . . . .",
      "2 . . . . . .",
      "3 . x x x . .",
      "4 . . x o . .",
      "5 . . . . . .",
      "6 . . . . . .",
    ].join("\n"),
  );
  const planes = new Float32Array(108);
  game.encode(state, planes);
  assert.equal([...planes.subarray(3 * 13, 3 * 16)], [0, 1, 0, 0, 1, 0, 0, 1, 0]); // b3, c3, d3 are the other's
  assert.equal([...planes.subarray(3 * 21, 3 * 22)], [1, 0, 0]); // d4
});

rules("refuses moves and positions that are none", () => {
  for (const move of [0, 14, game.pass, 37, -1, 0.5]) {
    const error = thrownBy(() => game.next(game.start(), move)) as IllegalMoveError;
    assert.instance(error, IllegalMoveError);
    assert.equal(error.legal, game.moves(game.start()));
  }
  for (const [moves, message] of [
    ["a1", /move 1 is "a1", which turns no disc/],
    ["b3b9", /move 2 is "b9", which is no square of 6 × 6/],
    ["g1", /no square/],
    ["b", /no square/],
  ] as const) {
    const error = thrownBy(() => game.position(moves));
    assert.instance(error, ImpossiblePositionError);
    assert.match(error.message, message);
  }
  assert.throws(() => othello({ side: "5" as "6" }), /side is "5"/);
});

rules.run();
