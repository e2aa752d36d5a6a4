/** What networks learn from games that they have played, and how what they have learned is judged. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { PolicyValueNetwork } from "../../bindings/models.js";
import { connectFour, ConnectFourSolver, othello, selfPlay, type Game } from "../../bindings/search.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { contests, sizesOf } from "../../reproduce/selfPlay/contests.js";
import { contestWith, greedyMover, mistakesOf, randomMover, type Chooser } from "../../reproduce/selfPlay/judged.js";
import { decodeGames, encodeGames } from "../../reproduce/selfPlay/playedGames.js";
import { playedTask } from "../../reproduce/selfPlay/playedTask.js";
import { uniform } from "../search/games/ticTacToe.js";

const small = connectFour({ rows: 4, columns: 5 });
const played = selfPlay(small, uniform(small), { games: 5, simulations: 20, seed: 1 });

const learned = suite("games that are learned from");

learned("are the same in a file", () => {
  assert.equal(decodeGames(encodeGames(played)), played);
  assert.equal(decodeGames(encodeGames([])), []);
});

learned("give positions with the visits of their search, and what they came to for the player to move", () => {
  const model = new PolicyValueNetwork({ height: 4, width: 5, planes: 3, actions: 5 });
  const task = playedTask(small as Game<unknown>, played, 1);
  model.expectFit("train", task);
  const batch = new Batch(model.batchLayout());
  task.generate(new Random(3), 60, batch);
  const [position, policy, value] = ["position", "policy", "value"].map((name) => batch.block(name)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  /** What is to be said of every position of the games; several where games meet. */
  const known = new Map<string, string[]>();
  for (const game of played) {
    let state = small.start();
    game.moves.forEach((move, ply) => {
      const planes = new Float32Array(60);
      small.encode(state, planes);
      const counts = game.visits[ply]!;
      const all = counts.reduce((a, b) => a + b, 0);
      const said = [...Float32Array.from(counts, (count) => count / all), ply % 2 ? -game.value || 0 : game.value];
      known.set(planes.join(), [...(known.get(planes.join()) ?? []), said.join()]);
      state = small.next(state, move);
    });
    assert.is(small.value(state)! * (game.moves.length % 2 ? -1 : 1) || 0, game.value);
  }
  for (let row = 0; row < 60; ++row) {
    const said = [...policy.subarray(5 * row, 5 * row + 5), value[row] || 0].join();
    assert.ok(known.get(position.subarray(60 * row, 60 * row + 60).join())?.includes(said), said);
  }
});

learned("have networks that fit them", () => {
  for (const contest of Object.values(contests)) {
    const model = new PolicyValueNetwork(sizesOf(contest));
    const game = contest.game() as Game<unknown>;
    model.expectFit("train", playedTask(game, [], 1));
  }
});

learned.run();

const judged = suite("players that are judged");

judged("make no mistake where they know best, and one in every position where they know worst", () => {
  const solver = new ConnectFourSolver(small, { tableBits: 16 });
  const chosen =
    (isBest: boolean): Chooser<ReturnType<typeof small.start>> =>
    (states) =>
      states.map((state) => {
        const { moves } = solver.best(state);
        return small.moves(state).find((move) => moves.includes(move) === isBest)!;
      });
  assert.is(mistakesOf(small, chosen(true), { positions: 40, seed: 1 }), 0);
  assert.is(mistakesOf(small, chosen(false), { positions: 40, seed: 1 }), 1);
});

judged("play all games of Othello to their end, half of them first, and alike for a seed", () => {
  const game = othello();
  const contest = (seed: number) =>
    contestWith(game, greedyMover(game), randomMover(game, seed), { games: 40, seed: 1 });
  const { won, drawn, lost } = contest(2);
  assert.is(won + drawn + lost, 40);
  assert.equal(contest(2), { won, drawn, lost });
  assert.not.equal(contest(3), { won, drawn, lost });
  const turned = contestWith(game, randomMover(game, 2), greedyMover(game), { games: 40, seed: 1 });
  assert.is(turned.won + turned.drawn + turned.lost, 40);
  assert.ok(won > turned.won, "the greedy player is the better one");
});

judged("greedy is who has the most discs after its move", () => {
  const game = othello();
  const random = new Random(5);
  let state = game.start();
  while (game.value(state) === undefined) {
    const moves = game.moves(state);
    const discs = moves.map((move) => -game.next(state, move).squares.reduce((sum, disc) => sum + disc, 0));
    const [move] = greedyMover(game)([state]);
    assert.is(discs[moves.indexOf(move!)], Math.max(...discs));
    state = game.next(state, moves[random.integer(0, moves.length - 1)]!);
  }
});

judged.run();
