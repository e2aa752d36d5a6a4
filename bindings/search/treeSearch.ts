import { between, checkOptions, expectValue, flag, positive, whole, type Check } from "../common/options.js";
import { naturalLogarithm } from "../common/naturalLogarithm.js";
import { dirichlet, normalizeLogarithms } from "../common/random/dirichlet.js";
import { Random } from "../common/random/philox.js";
import { IllegalMoveError, NoMoveError } from "./errors.js";
import { expectEach, priorsOf, type Evaluation } from "./evaluator.js";
import type { Game } from "./game.js";
import { TreeNode, type Results } from "./node.js";

/** Dirichlet noise in the priors of the root, so that every move is tried sometimes. */
export interface RootNoise {
  /** α: below 1, the noise is for a few moves; AlphaZero's way is about 10 divided by the number of legal moves. */
  readonly concentration: number;
  /** ε: the part of the priors that is noise. Default: 0.25. */
  readonly share?: number;
}

/** How a tree is searched. */
export interface TreeSearchOptions<State> {
  /** Where it starts. Default: the start of the game. */
  state?: State;
  /** c of PUCT: how much priors count against what was found. Default: 1.25. */
  exploration?: number;
  /** Noise in the priors of the root. Default: none. */
  noise?: RootNoise | null;
  /** Seed of the noise and of moves that are drawn. Default: 1. */
  seed?: number;
  /** Stream of the seed: games of one seed and different streams are independent. Default: 0. */
  stream?: number;
  /**
   * Whether results that are certain count: a state with a move that wins is won, and one whose moves all lose is lost,
   * so that no simulation goes there any more (MCTS-Solver). Default: false, as in AlphaZero, which goes by means alone.
   */
  solve?: boolean;
}

/** What a search knows of a move. */
export interface MoveStatistics {
  readonly move: number;
  /** P: its probability by the policy, without noise. */
  readonly prior: number;
  /** N: simulations that went through it. */
  readonly visits: number;
  /** Q: the mean of what they found, for the player who makes the move; 0 before there is one. */
  readonly value: number;
  /** What perfect play comes to, for the player who makes the move, if the search solves and it is certain. */
  readonly result?: number;
}

/** A simulation that waits for the evaluation of its leaf. */
interface Waiting<State> {
  readonly path: readonly (readonly [node: TreeNode<State>, move: number])[];
  readonly leaf: TreeNode<State>;
}

const isNoise: Check<RootNoise | null> = (value) =>
  typeof value === "object" && !Array.isArray(value) ? undefined : "null or an object with a concentration";

/**
 * Tree search guided by a policy and a value (PUCT): the search of AlphaZero, Silver et al. 2018,
 * doi:10.1126/science.aar6404, over any game. A tree belongs to one game that is played; `simulate` grows the trees of
 * many, and evaluates their leaves as one batch. The same seed and evaluations give the same bits.
 *
 * @example
 * const search = new TreeSearch(game, { noise: { concentration: 1 }, seed: 1 });
 * while (!search.isOver) {
 *   simulate([search], evaluate, { simulations: 100 });
 *   search.play(search.choose({ temperature: 1 }));
 * }
 */
export class TreeSearch<State> {
  readonly game: Game<State>;
  readonly exploration: number;
  readonly noise: Readonly<Required<RootNoise>> | null;
  readonly #random: Random;
  /** Given where results count. */
  readonly #results: Results | undefined;
  #root: TreeNode<State>;
  /** Priors of the root, mixed with noise. */
  #noisy: Float64Array | undefined;
  #waiting: Waiting<State>[] = [];
  #simulations = 0;

  /** @throws TypeError or RangeError when an option is unknown or not allowed. */
  constructor(game: Game<State>, options: TreeSearchOptions<State> = {}) {
    const { state = game.start(), ...others } = options;
    const { exploration, noise, seed, stream, solve } = checkOptions("TreeSearch", others, {
      exploration: [1.25, positive()],
      noise: [null, isNoise],
      seed: [1, whole(0, { most: 0xffff_ffff })],
      stream: [0, whole(0, { most: 0xffff_ffff })],
      solve: [false, flag()],
    });
    this.#results = solve ? game : undefined;
    this.game = game;
    this.exploration = exploration;
    this.noise =
      noise &&
      checkOptions("TreeSearch: noise", noise, {
        concentration: [undefined as unknown as number, positive()],
        share: [0.25, between(0, 1)],
      });
    this.#random = new Random(seed, stream);
    this.#root = this.#nodeOf(state);
  }

  /** The state that moves are searched for. */
  get state(): State {
    return this.#root.state;
  }

  /** Whether the game is over: then there is no move to search for. */
  get isOver(): boolean {
    return this.#root.terminal !== undefined;
  }

  /** Simulations so far, in the part of the tree below the state. Those that wait for an evaluation count. */
  get simulations(): number {
    return this.#simulations;
  }

  /**
   * The mean of what simulations found, for the player to move: Σ N Q / Σ N. Of a terminal state its value, and 0 before
   * the first simulation.
   */
  get value(): number {
    const { result, totals, visits } = this.#root;
    if (result !== undefined) return result;
    const count = visits.reduce((a, b) => a + b, 0);
    return count ? totals.reduce((a, b) => a + b, 0) / count : 0;
  }

  /** What is known of each legal move, in the order of the rules. Empty before the state was evaluated. */
  get moves(): MoveStatistics[] {
    const root = this.#root;
    return root.moves.map((move, i) => {
      const result = this.#results && root.resultOf(i, this.#results);
      const value = result ?? root.mean(i);
      return { move, prior: root.priors[i]!, visits: root.visits[i]!, value, ...(result !== undefined && { result }) };
    });
  }

  /** The moves that both sides visited most, from the state on. */
  get line(): number[] {
    const moves: number[] = [];
    for (let node: TreeNode<State> | undefined = this.#root; node?.isExpanded;) {
      const best: number = node.mostVisited(this.#results);
      if (!node.visits[best]) break;
      moves.push(node.moves[best]!);
      node = node.children[best];
    }
    return moves;
  }

  /**
   * Starts at most so many simulations, and returns the leaves to be evaluated, whose evaluations `update` takes. It
   * stops at a leaf that is waited for already. The first time, the state itself is the leaf, and no simulation starts.
   *
   * `simulate` calls both; an evaluator that has to be awaited needs them one by one.
   * @throws NoMoveError when the game is over.
   */
  select(most: number): State[] {
    expectValue("TreeSearch: the number of simulations", most, whole(1));
    const root = this.#root;
    if (root.terminal !== undefined) throw new NoMoveError(root.terminal);
    const leaves: State[] = [];
    if (!root.isExpanded) {
      if (!root.isPending) leaves.push(this.#wait([], root));
      return leaves;
    }
    for (let i = 0; i < most; ++i) {
      const { path, leaf } = this.#descend();
      if (leaf.isPending) break;
      ++this.#simulations;
      if (leaf.result === undefined) leaves.push(this.#wait(path, leaf));
      else this.#backUp(path, leaf, leaf.result);
    }
    return leaves;
  }

  /**
   * Ends the simulations whose leaves `select` returned since the last update, in their order.
   * @throws EvaluationError when there are not as many evaluations, or one is not of this game; NoMoveError when the
   * rules give no move in a state that is not terminal. The simulations are taken back then.
   */
  update(evaluations: readonly Evaluation[]): void {
    const waiting = this.#waiting;
    this.cancel();
    expectEach("evaluations", evaluations.length, waiting.length);
    const expansions = waiting.map(({ leaf }, i) => {
      const moves = this.game.moves(leaf.state);
      if (!moves.length) throw new NoMoveError(undefined);
      return { moves, priors: priorsOf(evaluations[i]!, moves, this.game.actions) };
    });
    waiting.forEach(({ path, leaf }, i) => {
      leaf.expand(expansions[i]!.moves, expansions[i]!.priors);
      this.#backUp(path, leaf, evaluations[i]!.value);
      if (path.length) ++this.#simulations;
    });
  }

  /** Takes back the simulations whose leaves wait for an evaluation, if there are any. */
  cancel(): void {
    for (const { path, leaf } of this.#waiting) {
      leaf.isPending = false;
      if (path.length) --this.#simulations;
      for (const [node, i] of path) {
        --node.waitingCount;
        --node.waiting[i]!;
      }
    }
    this.#waiting = [];
  }

  /**
   * The policy that the search arrived at, of all actions: π(a) ∝ N(a)^(1/τ). Temperature 1 is in proportion to the
   * visits, and 0 gives all to the most visited.
   * @throws NoMoveError when the game is over; RangeError when there was no simulation, or the temperature is below 0.
   */
  policy({ temperature = 1 }: { temperature?: number } = {}): Float64Array {
    const root = this.#root;
    if (root.terminal !== undefined) throw new NoMoveError(root.terminal);
    expectValue("TreeSearch: temperature", temperature, between(0, 1000));
    const weights = root.weights(this.#results);
    if (!weights.some((weight) => weight > 0)) {
      throw new RangeError("A search without simulations has no policy: call simulate first");
    }
    const policy = new Float64Array(this.game.actions);
    if (temperature === 0) {
      policy[root.moves[root.mostVisited(this.#results)]!] = 1;
      return policy;
    }
    const shares = normalizeLogarithms(weights.map((n) => naturalLogarithm(n) / temperature));
    root.moves.forEach((move, i) => (policy[move] = shares[i]!));
    return policy;
  }

  /**
   * A move to play: the most visited at temperature 0, which is the default, and otherwise drawn from the policy.
   * @throws as `policy` does.
   */
  choose({ temperature = 0 }: { temperature?: number } = {}): number {
    const policy = this.policy({ temperature });
    const { moves } = this.#root;
    if (temperature === 0) return moves[this.#root.mostVisited(this.#results)]!;
    let rest = this.#random.uniform();
    let chosen = -1;
    for (const move of moves) {
      if (!policy[move]) continue;
      chosen = move;
      rest -= policy[move];
      if (rest < 0) break;
    }
    return chosen;
  }

  /**
   * Plays a move: the state after it is searched next. What was found below it is kept, and the rest of the tree is
   * dropped.
   * @throws IllegalMoveError when it is not legal; NoMoveError when the game is over; Error while leaves wait.
   */
  play(move: number): void {
    const root = this.#root;
    if (root.terminal !== undefined) throw new NoMoveError(root.terminal);
    if (this.#waiting.length)
      throw new Error("Cannot play a move while leaves wait for their evaluation: update first");
    const legal = this.game.moves(root.state);
    if (!legal.includes(move)) throw new IllegalMoveError(move, "the rules do not allow it in this state", legal);
    this.#root = root.children[root.moves.indexOf(move)] ?? this.#nodeOf(this.game.next(root.state, move));
    this.#noisy = undefined;
    this.#simulations = Math.max(0, this.#root.terminal === undefined ? this.#root.count - 1 : 0);
  }

  #nodeOf(state: State): TreeNode<State> {
    return new TreeNode(state, this.game.value(state));
  }

  /** From the root to a leaf: a state that was not evaluated, or one whose result is certain. */
  #descend(): Waiting<State> {
    const path: [TreeNode<State>, number][] = [];
    let node = this.#root;
    while (node.isExpanded && (node.result === undefined || node === this.#root)) {
      const i = node.select(this.exploration, node === this.#root ? this.#rootPriors() : undefined, this.#results);
      path.push([node, i]);
      node = node.children[i] ??= this.#nodeOf(this.game.next(node.state, node.moves[i]!));
    }
    return { path, leaf: node };
  }

  /** P(s, a) = (1 − ε) p + ε η, η ~ Dir(α), at the root. */
  #rootPriors(): Float64Array {
    const { priors } = this.#root;
    if (!this.noise) return priors;
    if (!this.#noisy) {
      const { concentration, share } = this.noise;
      const noise = dirichlet(this.#random, priors.length, concentration);
      this.#noisy = priors.map((prior, i) => (1 - share) * prior + share * noise[i]!);
    }
    return this.#noisy;
  }

  #wait(path: Waiting<State>["path"], leaf: TreeNode<State>): State {
    leaf.isPending = true;
    for (const [node, i] of path) {
      ++node.waitingCount;
      ++node.waiting[i]!;
    }
    this.#waiting.push({ path, leaf });
    return leaf.state;
  }

  /** Adds a value, which is that of the player to move at the leaf, to every move that led there. */
  #backUp(path: Waiting<State>["path"], leaf: TreeNode<State>, value: number): void {
    if (leaf.result !== undefined) ++leaf.count;
    for (let depth = path.length - 1; depth >= 0; --depth) {
      const [node, i] = path[depth]!;
      if (this.game.players === 2) value = -value;
      ++node.count;
      ++node.visits[i]!;
      node.totals[i]! += value;
      const isNews = node.result === undefined && node.children[i]!.result !== undefined;
      if (this.#results && isNews) node.prove(this.#results);
    }
  }
}
