import { checkOptions, whole } from "../common/options.js";
import { NoMoveError } from "./errors.js";
import { expectEach, type Evaluator } from "./evaluator.js";
import type { TreeSearch } from "./treeSearch.js";

/** How far trees are grown. */
export interface SimulateOptions {
  /** Simulations of each tree, beside those that it has. */
  simulations: number;
  /**
   * Leaves of each tree that are waited for at once. With 1 every simulation knows what all before it found; with more
   * the batches are larger, and simulations spread by virtual visits. Default: 1.
   */
  leaves?: number;
}

/**
 * Grows the trees of many games, whose leaves are evaluated as one batch: each tree grows as it would alone.
 *
 * @throws RangeError unless simulations and leaves are whole numbers from 1; NoMoveError when a game is over, before
 * anything is evaluated; EvaluationError when the evaluations do not fit the game.
 * @example
 * const searches = [1, 2, 3].map((stream) => new TreeSearch(game, { stream }));
 * simulate(searches, evaluate, { simulations: 100, leaves: 8 });
 */
export function simulate<State>(
  searches: readonly TreeSearch<State>[],
  evaluate: Evaluator<State>,
  options: SimulateOptions,
): void {
  const { simulations, leaves } = checkOptions("simulate", options, {
    simulations: [undefined as unknown as number, whole(1)],
    leaves: [1, whole(1)],
  });
  for (const { isOver, value } of searches) if (isOver) throw new NoMoveError(value);
  let growing = searches.map((search) => ({ search, last: search.simulations + simulations }));
  while (growing.length) {
    try {
      const selected = growing.map(({ search, last }) => search.select(Math.min(leaves, last - search.simulations)));
      const states = selected.flat();
      const evaluations = states.length ? evaluate(states) : [];
      expectEach("evaluations", evaluations.length, states.length);
      let from = 0;
      growing.forEach(({ search }, i) => {
        const to = from + selected[i]!.length;
        search.update(evaluations.slice(from, to));
        from = to;
      });
    } finally {
      for (const { search } of growing) search.cancel(); // which changes nothing, unless the evaluation failed
    }
    growing = growing.filter(({ search, last }) => search.simulations < last);
  }
}
