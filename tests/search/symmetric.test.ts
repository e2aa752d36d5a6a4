/** Evaluations that are means over images of a state. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../../bindings/common/random/philox.js";
import { connectFour } from "../../bindings/games/connectFour/connectFour.js";
import { mirrored } from "../../bindings/games/connectFour/mirrored.js";
import type { ConnectFourState } from "../../bindings/games/connectFour/state.js";
import { EvaluationError } from "../../bindings/search/errors.js";
import type { Evaluator } from "../../bindings/search/evaluator.js";
import { symmetric } from "../../bindings/search/symmetric.js";
import { thrownBy } from "../support/thrown.js";
import { ticTacToe, uniform } from "./games/ticTacToe.js";

const game = connectFour();
const states = ["", "4", "1122", "44455554"].map((moves) => game.position(moves));

/** What looks like a network's: fixed numbers of each state, and how many states it was given at once. */
const batches: number[] = [];
const intuition: Evaluator<ConnectFourState> = (given) => {
  batches.push(given.length);
  return given.map(({ own, all }) => {
    const random = new Random((own[0] * 31 + own[1] * 7 + all[0] * 3 + all[1]) >>> 0);
    return { policy: Float32Array.from({ length: 7 }, () => random.uniform()), value: random.uniform(-1, 1) };
  });
};

const symmetry = suite("symmetric evaluations");

symmetry("are the means over a state and its mirror image, evaluated at once", () => {
  const evaluations = symmetric(game, intuition)(states);
  assert.equal(batches.splice(0), [8]);
  const images = states.map((state) => mirrored(game.layout, state));
  const [own, other] = [intuition(states), intuition(images)];
  evaluations.forEach(({ policy, value }, i) => {
    assert.is(value, (own[i]!.value + other[i]!.value) / 2);
    const expected = Array.from(own[i]!.policy, (part, move) => (part + other[i]!.policy[6 - move]!) / 2);
    assert.equal(policy, expected);
  });
});

symmetry("of an image are the same, with its moves", () => {
  const evaluate = symmetric(game, intuition);
  const [here, there] = [evaluate(states), evaluate(states.map((state) => mirrored(game.layout, state)))];
  here.forEach(({ policy, value }, i) => {
    assert.is(there[i]!.value, value);
    assert.equal(Array.from(there[i]!.policy).reverse(), policy);
  });
});

symmetry("the moves of an image lead to the images of what moves lead to", () => {
  for (const state of states) {
    const [image] = game.symmetries(state);
    for (const move of game.moves(state)) {
      const after = game.next(image!.state, image!.moves[move]!);
      assert.equal(after, mirrored(game.layout, game.next(state, move)));
    }
  }
});

symmetry("a game without symmetries, and evaluations that are too few, are refused", () => {
  const error = thrownBy(() => symmetric(ticTacToe, uniform(ticTacToe)));
  assert.instance(error, TypeError);
  assert.match(error.message, "the game has no symmetries");
  assert.instance(
    thrownBy(() => symmetric(game, (given) => intuition(given).slice(1))(states)),
    EvaluationError,
  );
});

symmetry.run();
