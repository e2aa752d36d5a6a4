import { naturalLogarithm } from "../common/naturalLogarithm.js";
import type { MoveCosts } from "./bestFirst.js";
import { expectEach, priorsOf, type Evaluator } from "./evaluator.js";
import type { Game } from "./game.js";

/**
 * The costs −ln p of moves, by the policy of an evaluator: `bestFirst` then follows the likeliest ways. Its values are
 * not used.
 *
 * @throws EvaluationError, when it is called, if the evaluations do not fit the game.
 * @example
 * const { solution } = bestFirst(puzzle, policyCosts(puzzle, evaluate), { budget: 1000, batch: 16 });
 */
export function policyCosts<State>({ actions }: Game<State>, evaluate: Evaluator<State>): MoveCosts<State, number> {
  return (batch) => {
    const evaluations = evaluate(batch.map(({ state }) => state));
    expectEach("evaluations", evaluations.length, batch.length);
    return batch.map(({ moves }, i) => {
      return priorsOf(evaluations[i]!, moves, actions).map((prior) => Math.max(0, -naturalLogarithm(prior)));
    });
  };
}
