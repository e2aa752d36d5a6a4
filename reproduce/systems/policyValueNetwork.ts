import { PolicyValueNetwork } from "../../bindings/models.js";
import { simulate, symmetric, TreeSearch } from "../../bindings/search.js";
import { connectFourTask } from "../../bindings/tasks.js";
import type { Playing } from "../../recipes/policyValueNetwork.js";
import { minimaxPlayer } from "../connectFour/minimax.js";
import { mistakesBy, testPositions } from "../connectFour/testPositions.js";
import type { System } from "../system.js";

/** Leaves of a position that are waited for at once. */
const LEAVES = 4;

/** The part of test positions in which a move is a mistake against perfect play, by class, and the mean of the classes. */
export const system: System<PolicyValueNetwork, Playing> = {
  className: PolicyValueNetwork.className,
  measure({ engine, model, task, test: { simulations, minimax, bothWays, solve = false, sequences } }) {
    const { game } = connectFourTask(task.options);
    const positions = testPositions(game, sequences);
    const begin = performance.now();
    const moves = played();
    const milliseconds = (performance.now() - begin) / positions.length;
    const mistakes = mistakesBy(positions, moves);
    const rates = Object.values(mistakes);
    const mean = rates.reduce((a, b) => a + b, 0) / rates.length;
    return { ...mistakes, mean, positions: positions.length, milliseconds };

    function played(): number[] {
      if (minimax !== undefined) return positions.map(({ state }) => minimaxPlayer(game, minimax)(state));
      const plain = model.evaluator(engine, game);
      const evaluate = bothWays ? symmetric(game, plain) : plain;
      const states = positions.map(({ state }) => state);
      if (simulations === undefined) {
        return evaluate(states).map(({ policy }, i) =>
          game.moves(states[i]!).reduce((best, move) => (policy[move]! > policy[best]! ? move : best)),
        );
      }
      const searches = states.map((state) => new TreeSearch(game, { state, solve }));
      simulate(searches, evaluate, { simulations, leaves: LEAVES });
      return searches.map((search) => search.choose());
    }
  },
};
