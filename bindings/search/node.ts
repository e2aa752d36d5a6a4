/** The values of results that no move betters, or worsens. */
const WON = 1;
const LOST = -1;

/** What is needed to tell the results of moves from those of the states behind them. */
export interface Results {
  readonly players: 1 | 2;
}

/** A state in the tree, and the statistics of the moves that lead from it. */
export class TreeNode<State> {
  /** Legal moves; none while the state waits for its evaluation, and none of a terminal one. */
  moves: readonly number[] = [];
  /** P(s, a) of each move. */
  priors: Float64Array = new Float64Array();
  /** N(s, a): simulations that went through each move and are done. */
  visits: Int32Array = new Int32Array();
  /** Virtual visits: simulations that went through each move, and wait for the evaluation of their leaf. */
  waiting: Int32Array = new Int32Array();
  /** W(s, a): the sum of what they found, for the player who moves here. */
  totals: Float64Array = new Float64Array();
  /** States after each move, as far as they were visited. */
  children: (TreeNode<State> | undefined)[] = [];
  /** Visits of this state: its own evaluation, and Σ N(s, a). */
  count = 0;
  /** Virtual visits of this state. */
  waitingCount = 0;
  /** Whether its leaf waits for an evaluation. */
  isPending = false;
  /** What perfect play comes to for the player to move, where it is certain: of a terminal state, and once it is proven. */
  result: number | undefined;

  constructor(
    readonly state: State,
    /** The value for the player to move, if the state is terminal. */
    readonly terminal: number | undefined,
  ) {
    this.result = terminal;
  }

  get isExpanded(): boolean {
    return this.moves.length > 0;
  }

  expand(moves: readonly number[], priors: Float64Array): void {
    this.moves = moves;
    this.priors = priors;
    this.visits = new Int32Array(moves.length);
    this.waiting = new Int32Array(moves.length);
    this.totals = new Float64Array(moves.length);
    this.children = moves.map(() => undefined);
    this.count = 1;
  }

  /**
   * The move that is best by PUCT: a = argmax Q(s, a) + c · P(s, a) · √N(s) / (1 + N(s, a)), the first of equals.
   * Rosin 2011 as of AlphaGo Zero, "Select". A virtual visit counts as one that lost, so that simulations of one batch
   * spread over the tree. Q of a move that was never visited is 0. Where results count, one that wins is taken, and none
   * that loses while there is another.
   */
  select(exploration: number, priors = this.priors, results?: Results): number {
    const scale = exploration * Math.sqrt(this.count + this.waitingCount);
    let [best, highest] = [0, -Infinity];
    for (let i = 0; i < priors.length; ++i) {
      const result = results && this.resultOf(i, results);
      if (result === WON) return i;
      if (result === LOST) continue;
      const waiting = this.waiting[i]!;
      const visits = this.visits[i]! + waiting;
      const mean = visits ? (this.totals[i]! - waiting) / visits : 0;
      const score = mean + (scale * priors[i]!) / (1 + visits);
      if (score > highest) [best, highest] = [i, score];
    }
    return best;
  }

  /** Q(s, a): the mean of what was found after a move, for the player who makes it; 0 before anything was. */
  mean(i: number): number {
    return this.visits[i]! ? this.totals[i]! / this.visits[i]! : 0;
  }

  /** What perfect play comes to after a move, for the player who makes it, where it is certain. */
  resultOf(i: number, { players }: Results): number | undefined {
    const result = this.children[i]?.result;
    return result === undefined || players === 1 ? result : -result || 0;
  }

  /**
   * Finds the result, if those of the moves make it certain: one wins, or all are known. Winands, Björnsson & Saito 2008,
   * doi:10.1007/978-3-540-87608-3_3.
   */
  prove(results: Results): void {
    const known = this.moves.map((_, i) => this.resultOf(i, results));
    const best = known.reduce<number>((most, result = -Infinity) => Math.max(most, result), -Infinity);
    if (best === WON || !known.includes(undefined)) this.result = best;
  }

  /**
   * The move of most visits; of equals the one of the better mean, then the first. Where results count, before all others
   * one that wins, and after them those that lose.
   */
  mostVisited(results?: Results): number {
    const weights = this.weights(results);
    let best = 0;
    for (let i = 1; i < this.moves.length; ++i) {
      const more = weights[i]! - weights[best]!;
      if (more > 0 || (more === 0 && this.mean(i) > this.mean(best))) best = i;
    }
    return best;
  }

  /**
   * What moves are chosen by: their visits, and at least one for a move that wins. Where results count, only moves that win
   * have any, if there are some; else only moves that do not lose, if any of these was visited.
   */
  weights(results?: Results): Float64Array {
    const visits = Float64Array.from(this.visits);
    if (!results) return visits;
    const known = this.moves.map((_, i) => this.resultOf(i, results));
    if (known.includes(WON)) return visits.map((count, i) => (known[i] === WON ? Math.max(1, count) : 0));
    const safe = visits.map((count, i) => (known[i] === LOST ? 0 : count));
    return safe.some((count) => count > 0) ? safe : visits;
  }
}
