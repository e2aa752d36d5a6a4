import { Random } from "../../bindings/common/random/philox.js";
import type { AnyTask } from "../../bindings/core.js";
import type { Game, PlayedGame } from "../../bindings/search.js";
import {
  fillPositions,
  policyValueLosses,
  type PolicyValueMetric,
  type PositionExample,
} from "../../bindings/tasks.js";

/** Positions of games that were played: the policy is the search's visits, and the value what the game came to. */
export function playedTask(
  game: Game<unknown>,
  games: readonly PlayedGame[],
  seed: number,
): AnyTask<PolicyValueMetric> {
  const positions = games.flatMap((played) => examplesOf(game, played));
  const [height, width, planes] = game.planes;
  return {
    name: "self-play",
    options: { games: games.length },
    seed,
    ...{ height, width, planes, actions: game.actions }, // which a model must fit
    generate: (random: Random, count, batch) =>
      fillPositions(
        batch,
        Array.from({ length: count }, () => positions[random.integer(0, positions.length - 1)]!),
      ),
    ...policyValueLosses(game.actions),
  };
}

/** The positions of a game, and what is to be said of each. */
function examplesOf(game: Game<unknown>, { moves, visits, value }: PlayedGame): PositionExample[] {
  const [height, width, planes] = game.planes;
  let state = game.start();
  return moves.map((move, ply) => {
    const position = new Float32Array(height * width * planes);
    game.encode(state, position);
    state = game.next(state, move);
    const counts = visits[ply]!;
    const all = counts.reduce((a, b) => a + b, 0);
    return { position, policy: counts.map((count) => count / all), value: ply % 2 ? -value : value };
  });
}
