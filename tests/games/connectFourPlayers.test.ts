/** Players of Connect Four, and the positions that they are judged by. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { connectFour } from "../../bindings/games/connectFour/connectFour.js";
import { mirrored } from "../../bindings/games/connectFour/mirrored.js";
import { ConnectFourSolver } from "../../bindings/games/connectFour/solver.js";
import { CLASSES, classOf } from "../../reproduce/connectFour/classes.js";
import { minimaxPlayer } from "../../reproduce/connectFour/minimax.js";
import { mistakesBy, testPositions } from "../../reproduce/connectFour/testPositions.js";

const game = connectFour();
const solver = new ConnectFourSolver(game, { tableBits: 18 });

const players = suite("players of Connect Four");

players("test positions are of the class that they are said to be, and every move has the solver's value", () => {
  const positions = testPositions(game);
  for (const { name, state, values } of positions) {
    if (state.plies < 18) continue; // which take the solver long
    assert.is(classOf(state.plies, solver.score(state).movesLeft), name);
    assert.equal(solver.moveValues(state), values);
  }
  for (const { name, state, values } of positions) {
    const [low, high] = CLASSES[name].plies;
    assert.ok(state.plies >= low && state.plies <= high);
    assert.equal(
      game.moves(state),
      values.flatMap((value, move) => (Number.isNaN(value) ? [] : [move])),
    );
  }
  assert.is(new Set(positions.map(({ state }) => game.key(state))).size, positions.length);
  assert.ok(testPositions(game, 3).length <= 18);
});

players("classes are by plies and by moves left, and have no gaps", () => {
  for (let plies = 0; plies <= 41; ++plies) {
    for (let left = 1; left <= 42 - plies; ++left) assert.ok(classOf(plies, left), `${plies}, ${left}`);
  }
  assert.equal(
    [classOf(14, 13), classOf(15, 14), classOf(8, 28)],
    ["beginning, easy", "middle, medium", "beginning, hard"],
  );
});

players("a mistake is a move after which the result is worse than it need be", () => {
  const positions = testPositions(game, 2);
  const best = positions.map(({ values }) => values.indexOf(Math.max(...values.filter((value) => value >= -1))));
  assert.ok(Object.values(mistakesBy(positions, best)).every((rate) => rate === 0));
  const [first] = positions;
  const worse = first!.values.findIndex((value) => value < first!.values[best[0]!]!);
  const rates = mistakesBy(positions, worse < 0 ? best : [worse, ...best.slice(1)]);
  assert.is(rates[first!.name], worse < 0 ? 0 : 0.5);
});

players("minimax of depth five keeps every win within five plies, and stops what it can stop", () => {
  const play = minimaxPlayer(game, 5);
  const random = new Random(4);
  let wins = 0;
  for (let i = 0; i < 150; ++i) {
    let state = game.start();
    while (state.plies < 20 && game.value(state) === undefined) {
      const moves = game.moves(state);
      state = game.next(state, moves[random.integer(0, moves.length - 1)]!);
    }
    if (game.value(state) !== undefined) continue;
    const { score, movesLeft } = solver.score(state);
    if (score <= 0 || movesLeft > 5) continue;
    ++wins;
    const after = solver.score(game.next(state, play(state)));
    assert.equal([after.score < 0, after.movesLeft], [true, movesLeft - 1]);
  }
  assert.ok(wins > 20, `${wins}`);
  assert.is(play(game.position("41424")), 3);
});

players("a mirrored position has the mirrored values", () => {
  for (const { state, values } of testPositions(game, 5)) {
    if (state.plies < 18) continue;
    assert.equal(solver.moveValues(mirrored(game.layout, state)), [...values].reverse());
    assert.equal(mirrored(game.layout, mirrored(game.layout, state)), state);
  }
});

players.run();
