/** Games of a search against itself: what is written down of them, and that they are the same for a seed. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { simulate } from "../../bindings/search/simulate.js";
import { selfPlay } from "../../bindings/search/selfPlay.js";
import { TreeSearch } from "../../bindings/search/treeSearch.js";
import { sliding } from "./games/sliding.js";
import { minimax, ticTacToe, uniform } from "./games/ticTacToe.js";

const evaluate = uniform(ticTacToe);
const games = suite("games of a search against itself");

games("are legal and whole, with the visits of every search, and what they came to", () => {
  const played = selfPlay(ticTacToe, evaluate, { games: 40, simulations: 30, leaves: 2, seed: 3 });
  assert.is(played.length, 40);
  for (const { moves, visits, value } of played) {
    assert.is(visits.length, moves.length);
    let state = ticTacToe.start();
    moves.forEach((move, i) => {
      assert.is(ticTacToe.value(state), undefined);
      const counts = visits[i]!;
      assert.is(counts.length, 9);
      assert.ok(counts.reduce((a, b) => a + b, 0) >= 30);
      assert.ok(counts[move]! > 0);
      counts.forEach((count, action) => assert.ok(count === 0 || ticTacToe.moves(state).includes(action)));
      state = ticTacToe.next(state, move);
    });
    const ended = ticTacToe.value(state)!;
    assert.is(value, moves.length % 2 ? -ended || 0 : ended);
  }
  assert.ok(new Set(played.map(({ moves }) => moves.join())).size > 20, "they are different games");
});

games("are the same for a seed, others for another, and those of one are those that it would play alone", () => {
  const options = { simulations: 20, noise: { concentration: 1 } };
  const first = selfPlay(ticTacToe, evaluate, { ...options, games: 6, seed: 1 });
  assert.equal(selfPlay(ticTacToe, evaluate, { ...options, games: 6, seed: 1 }), first);
  assert.not.equal(selfPlay(ticTacToe, evaluate, { ...options, games: 6, seed: 2 }), first);
  assert.equal(selfPlay(ticTacToe, evaluate, { ...options, games: 2, seed: 1 }), first.slice(0, 2));
});

games("without drawn moves are the most visited ones", () => {
  const [one] = selfPlay(ticTacToe, evaluate, { games: 1, simulations: 400, drawn: 0 });
  const search = new TreeSearch(ticTacToe);
  for (const move of one!.moves) {
    simulate([search], evaluate, { simulations: 400 });
    assert.is(move, search.choose());
    search.play(move);
  }
});

games("of a search that knows the values are drawn", () => {
  const valueOf = minimax(ticTacToe);
  const played = selfPlay(ticTacToe, uniform(ticTacToe, valueOf), { games: 10, simulations: 200, drawn: 0 });
  for (const { value } of played) assert.is(value, 0);
});

games("of one player have the value of their end", () => {
  const near = { ...sliding, start: () => "123_45" }; // two moves from the end
  const [one] = selfPlay(near, uniform(near), { games: 1, simulations: 200, drawn: 0 });
  assert.equal([one!.moves.length, one!.value], [2, 1]);
});

games("refuses options that it does not have, or that are out of range", () => {
  const play = (options: object) => () => selfPlay(ticTacToe, evaluate, options as never);
  assert.throws(play({ games: 0, simulations: 1 }), /games is 0/);
  assert.throws(play({ games: 1, simulations: 0 }), /simulations is 0/);
  assert.throws(play({ games: 1, simulations: 1, drawn: -1 }), /drawn is -1/);
  assert.throws(play({ games: 1, simulations: 1, temperature: 1 }), /has no option "temperature"/);
});

games.run();
