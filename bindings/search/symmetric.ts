import { expectEach, type Evaluator } from "./evaluator.js";
import type { Game } from "./game.js";

/**
 * Evaluations that are means over every state and its images, which are evaluated as one batch: as AlphaGo takes them,
 * Silver et al. 2016, doi:10.1038/nature16961, "Symmetries". They cost as much more time as there are images.
 *
 * @throws TypeError when the game has no symmetries; EvaluationError when there is not an evaluation of each state.
 * @example
 * simulate(searches, symmetric(game, model.evaluator(engine, game)), { simulations: 100 });
 */
export function symmetric<State>(game: Game<State>, evaluate: Evaluator<State>): Evaluator<State> {
  if (!game.symmetries) throw new TypeError("symmetric: the game has no symmetries, and must say what they are");
  return (states) => {
    const images = states.map((state) => game.symmetries!(state));
    const all = [...states, ...images.flat().map(({ state }) => state)];
    const evaluations = evaluate(all);
    expectEach("evaluations", evaluations.length, all.length);
    let next = states.length;
    return states.map((_, i) => {
      const { policy, value } = evaluations[i]!;
      const [policies, values] = [[Array.from(policy)], [value]];
      for (const { moves } of images[i]!) {
        const image = evaluations[next++]!;
        policies.push(Array.from(policy, (_, move) => image.policy[moves[move]!]!));
        values.push(image.value);
      }
      const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
      return {
        policy: Array.from(policy, (_, move) => mean(policies.map((each) => each[move]!))),
        value: mean(values),
      };
    });
  };
}
