import { checkOptions, flag, whole, type Check } from "../common/options.js";
import { shown } from "../common/shown.js";
import { EvaluationError, NoMoveError } from "./errors.js";
import { expectEach } from "./evaluator.js";
import { Frontier, type Reached } from "./frontier.js";
import type { Puzzle } from "./game.js";

/** A state that is expanded, and its legal moves, of which there is at least one. */
export interface Expansion<State, Move> {
  readonly state: State;
  readonly moves: readonly Move[];
}

/**
 * Intuition for a puzzle: the cost of every move of a batch of states, each from 0 up, such as −ln of its probability.
 * A move of cost Infinity is left out.
 */
export type MoveCosts<State, Move> = (batch: readonly Expansion<State, Move>[]) => readonly ArrayLike<number>[];

/** How a puzzle is searched. */
export interface BestFirstOptions<State> {
  /** Most states that are expanded. */
  budget: number;
  /** Where it starts. Default: the start of the puzzle. */
  state?: State;
  /** States expanded at once, whose moves are evaluated as one batch. Default: 1. */
  batch?: number;
  /**
   * The cost that is expected from each state to a solution, from 0 up, which is added to the cost so far (A*). Infinity
   * leaves a state out. Default: 0 for all.
   */
  remaining?: (states: readonly State[]) => ArrayLike<number>;
  /**
   * Whether to go on after a solution until no open state is before it. With costs that `remaining` never
   * overestimates it is then the cheapest; where the budget ends first, it is the cheapest so far. By default the first
   * that is seen is taken. Default: false.
   */
  cheapest?: boolean;
}

/** A way from the start to a solved state. */
export interface Solution<State, Move> {
  readonly moves: readonly Move[];
  /** The states on the way, with the start: one more than moves. */
  readonly states: readonly State[];
  /** The sum of the moves' costs. */
  readonly cost: number;
}

/** What a search found. */
export interface BestFirstResult<State, Move> {
  /** Undefined when none was found. */
  readonly solution: Solution<State, Move> | undefined;
  /** States that were expanded. */
  readonly expanded: number;
  /** States that moves led to, each counted as often as it was reached. */
  readonly reached: number;
  /** Whether no state was left to expand: then, without a solution, there is none. */
  readonly isExhausted: boolean;
}

const isFunction: Check<unknown> = (value) => (typeof value === "function" ? undefined : "a function");
const noneRemains = (states: readonly unknown[]): ArrayLike<number> => states.map(() => 0);

/**
 * Best-first search of a puzzle with one player: always expands the open states of the least cost so far, which of
 * −ln p are the likeliest ways. A state is solved when it is terminal with a value above 0. States of the same key count
 * as one, of the cheapest way; without keys every way leads to a state of its own.
 *
 * @throws RangeError unless budget and batch are whole numbers from 1; NoMoveError when the start is terminal and not
 * solved; EvaluationError when costs are too few or too many, negative or NaN.
 * @example
 * const { solution } = bestFirst(countdown, (batch) => batch.map(({ moves }) => moves.map(() => 1)), { budget: 100 });
 * solution?.moves; // ["halve", "subtract", "halve", "halve", "subtract"]
 */
export function bestFirst<State, Move>(
  puzzle: Puzzle<State, Move>,
  costs: MoveCosts<State, Move>,
  options: BestFirstOptions<State>,
): BestFirstResult<State, Move> {
  const { state: start = puzzle.start(), ...others } = options;
  const { budget, batch, cheapest, ...given } = checkOptions("bestFirst", others, {
    budget: [undefined as unknown as number, whole(1)],
    batch: [1, whole(1)],
    cheapest: [false, flag()],
    remaining: [noneRemains, isFunction],
  });
  const remaining = given.remaining as NonNullable<typeof options.remaining>;

  const frontier = new Frontier<State, Move>();
  let solved: Reached<State, Move> | undefined;
  let [expanded, reached, isDone] = [0, 0, false];

  const reach = (states: readonly State[], ways: readonly Pick<Reached<State, Move>, "cost" | "from">[]): void => {
    const rest = remaining(states);
    expectEach("remaining costs", rest.length, states.length);
    states.forEach((state, i) => {
      const value = puzzle.value(state);
      expectCost("The remaining cost of a state", rest[i]!);
      if (rest[i] === Infinity || (value !== undefined && value <= 0)) return;
      const way = { state, isSolved: value !== undefined, remaining: rest[i]!, ...ways[i]! };
      const node = frontier.add(way, puzzle.key?.(state));
      if (node?.isSolved && (!solved || (cheapest && node.cost < solved.cost))) solved = node;
    });
  };
  /** The states to expand next; none once a solution comes before all others. */
  const takeBatch = (): Reached<State, Move>[] => {
    const nodes: Reached<State, Move>[] = [];
    while (nodes.length < Math.min(batch, budget - expanded)) {
      const node = frontier.take();
      if (!node) break;
      if (!node.isSolved) nodes.push(node);
      else {
        if (nodes.length) frontier.open(node);
        else isDone = true;
        break;
      }
    }
    return nodes;
  };

  const value = puzzle.value(start);
  if (value !== undefined && value <= 0) throw new NoMoveError(value);
  reach([start], [{ cost: 0, from: undefined }]);
  while (!isDone && (cheapest || !solved) && expanded < budget && frontier.size) {
    const nodes = takeBatch();
    expanded += nodes.length;
    const movable = nodes
      .map((node) => ({ node, state: node.state, moves: puzzle.moves(node.state) }))
      .filter(({ moves }) => moves.length);
    if (!movable.length) continue;
    const all = costs(movable);
    expectEach("costs", all.length, movable.length);
    const states: State[] = [];
    const ways: Pick<Reached<State, Move>, "cost" | "from">[] = [];
    movable.forEach(({ node, state, moves }, i) => {
      const each = all[i]!;
      if (each.length !== moves.length) {
        throw new EvaluationError(`A state has ${moves.length} moves, and ${each.length} costs`);
      }
      moves.forEach((move, j) => {
        expectCost("The cost of a move", each[j]!);
        if (each[j] === Infinity) return;
        states.push(puzzle.next(state, move));
        ways.push({ cost: node.cost + each[j]!, from: { node, move, cost: each[j]! } });
      });
    });
    reached += states.length;
    if (states.length) reach(states, ways);
  }
  return { solution: solved && wayTo(solved), expanded, reached, isExhausted: !solved && !frontier.size };
}

function expectCost(what: string, cost: number): void {
  if (!(cost >= 0)) throw new EvaluationError(`${what} is ${shown(cost)}, and must be a number from 0 up`);
}

function wayTo<State, Move>(node: Reached<State, Move>): Solution<State, Move> {
  const steps: NonNullable<Reached<State, Move>["from"]>[] = [];
  for (let { from } = node; from; from = from.node.from) steps.unshift(from);
  return {
    moves: steps.map(({ move }) => move),
    states: [...steps.map((step) => step.node.state), node.state],
    // Not the node's: of a batch, a state before it may have been reached by a cheaper way since.
    cost: steps.reduce((sum, { cost }) => sum + cost, 0),
  };
}
