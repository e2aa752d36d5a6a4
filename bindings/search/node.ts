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

  constructor(
    readonly state: State,
    /** The value for the player to move, if the state is terminal. */
    readonly terminal: number | undefined,
  ) {}

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
   * spread over the tree. Q of a move that was never visited is 0.
   */
  select(exploration: number, priors = this.priors): number {
    const scale = exploration * Math.sqrt(this.count + this.waitingCount);
    let [best, highest] = [0, -Infinity];
    for (let i = 0; i < priors.length; ++i) {
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

  /** The move of most visits; of equals the one of the better mean, then the first. */
  mostVisited(): number {
    let best = 0;
    for (let i = 1; i < this.moves.length; ++i) {
      const more = this.visits[i]! - this.visits[best]!;
      if (more > 0 || (more === 0 && this.mean(i) > this.mean(best))) best = i;
    }
    return best;
  }
}
