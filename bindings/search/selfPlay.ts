import { checkOptions, whole } from "../common/options.js";
import type { Evaluator } from "./evaluator.js";
import type { Game } from "./game.js";
import { simulate } from "./simulate.js";
import { TreeSearch, type RootNoise, type TreeSearchOptions } from "./treeSearch.js";

/** How a search plays against itself. */
export interface SelfPlayOptions extends Pick<TreeSearchOptions<unknown>, "exploration" | "seed"> {
  /** Games, which are played side by side: leaves of all of them are one batch. */
  games: number;
  /** Simulations of each move, beside those that its tree has from the move before. */
  simulations: number;
  /** Leaves of a tree that are waited for at once. Default: 1. */
  leaves?: number;
  /** Moves of a game that are drawn in proportion to their visits; later ones are the most visited. Default: all. */
  drawn?: number;
  /** Noise in the priors of each root. Default: none. */
  noise?: RootNoise | null;
}

/** A game that was played to its end. */
export interface PlayedGame {
  readonly moves: readonly number[];
  /** Before each move the visits of every action, by its number. */
  readonly visits: readonly (readonly number[])[];
  /** What it came to for the player who moved first, from −1 to 1. */
  readonly value: number;
}

/**
 * Games of a search against itself, from which its network can learn: AlphaGo Zero's way, Silver et al. 2017,
 * doi:10.1038/nature24270, "Self-play". The same seed and evaluations give the same games.
 *
 * @throws TypeError, RangeError when an option is unknown or not allowed; what `simulate` throws.
 * @example
 * const games = selfPlay(game, evaluate, { games: 32, simulations: 100, noise: { concentration: 1 }, seed: 1 });
 */
export function selfPlay<State>(game: Game<State>, evaluate: Evaluator<State>, options: SelfPlayOptions): PlayedGame[] {
  const { games, simulations, leaves = 1, drawn = Infinity, ...ofTrees } = options;
  checkOptions(
    "selfPlay",
    { games, ...(drawn !== Infinity && { drawn }) },
    {
      games: [undefined as unknown as number, whole(1)],
      drawn: [0, whole(0)],
    },
  );
  const played = Array.from({ length: games }, (_, stream) => {
    const search = new TreeSearch(game, { ...ofTrees, stream });
    return { search, moves: [] as number[], visits: [] as number[][] };
  });
  for (let open = played; open.length; open = open.filter(({ search }) => !search.isOver)) {
    simulate(
      open.map(({ search }) => search),
      evaluate,
      { simulations, leaves },
    );
    for (const { search, moves, visits } of open) {
      const counts = Array<number>(game.actions).fill(0);
      for (const { move, visits: count } of search.moves) counts[move] = count;
      const move = search.choose({ temperature: moves.length < drawn ? 1 : 0 });
      visits.push(counts);
      moves.push(move);
      search.play(move);
    }
  }
  return played.map(({ search, moves, visits }) => {
    const isOthers = game.players === 2 && moves.length % 2 === 1;
    return { moves, visits, value: isOthers ? -search.value || 0 : search.value };
  });
}
