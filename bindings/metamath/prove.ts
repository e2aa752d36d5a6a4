import { checkOptions, notNegative, whole } from "../common/options.js";
import { bestFirst } from "../search/bestFirst.js";
import { checkProof, type DerivedStep } from "./checkProof.js";
import type { Claim } from "./database.js";
import type { Decision } from "./decisions.js";
import { uniformPolicy, type ProofPolicy } from "./policies.js";
import { ProofPuzzle } from "./proofPuzzle.js";
import type { RuleBook } from "./rules.js";

/** More moves than any state has. */
const MOST_WIDTH = 0x7fff_ffff;

/** How a proof is searched for. */
export interface ProveOptions {
  /** Most states that are expanded, from 1. Default: 1,000. */
  readonly nodes?: number;
  /** Default: every statement that fits is as likely. */
  readonly policy?: ProofPolicy;
  /** Moves of a state that are tried, the likeliest; the others are left out. Default: all. */
  readonly width?: number;
  /**
   * The cost that is expected of each open goal, as the search prefers states with few of them (A*). Default: 2.5, chosen
   * with counts on the theorems of quantum logic that are held out for choices.
   */
  readonly goalCost?: number;
}

/** A proof that was found and checked. */
export interface FoundProof {
  /** Labels in postfix, as a database has them between $= and $. */
  readonly proof: readonly string[];
  /** Its derivation by the checker. */
  readonly steps: readonly DerivedStep[];
  /** What the search decided on the way, without the goals that were closed at once. */
  readonly decisions: readonly Decision[];
}

/** What a search for a proof came to. */
export interface ProofSearch {
  /** The puzzle that was searched, whose terms the decisions are about. */
  readonly puzzle: ProofPuzzle;
  /** Undefined when none was found. */
  readonly found: FoundProof | undefined;
  /** States that were expanded. */
  readonly nodes: number;
  /** States that moves led to. */
  readonly reached: number;
  /** Whether no state was left to expand. */
  readonly isExhausted: boolean;
}

/**
 * Searches for a proof of a claim from the statements before it: best first by the costs of a policy, backwards from the
 * claim, with unification. The checker checks every proof before it is returned.
 *
 * @throws MetamathError when the claim does not parse or is not of what is provable; RangeError unless nodes and width are
 * whole numbers from 1, and goalCost a number from 0.
 * @example
 * const book = new RuleBook(database, new FormulaGrammar(database));
 * const { found } = prove(book, claimOf(database, "|- ( a v b ) = ( b v a )"));
 */
export function prove(book: RuleBook, claim: Claim, options: ProveOptions = {}): ProofSearch {
  const { policy = uniformPolicy, ...sizes } = options;
  const { nodes, width, goalCost } = checkOptions("prove", sizes, {
    nodes: [1000, whole(1)],
    width: [MOST_WIDTH, whole(1)],
    goalCost: [2.5, notNegative()],
  });
  const puzzle = new ProofPuzzle(book, claim);
  const { solution, expanded, reached, isExhausted } = bestFirst(
    puzzle,
    (batch) => batch.map(({ state, moves }) => narrowed(policy(puzzle, state, moves), width)),
    { budget: nodes, remaining: (states) => states.map(({ goals }) => goalCost * goals.length) },
  );
  const result = { puzzle, nodes: expanded, reached, isExhausted };
  const proof = solution && puzzle.proofOf(solution.states.at(-1)!);
  if (!proof) return { ...result, found: undefined };
  const decisions = solution.moves.map(({ rule }, i): Decision => {
    const state = solution.states[i]!;
    return { state, goal: puzzle.goalOf(state), rule };
  });
  return { ...result, found: { proof, steps: checkProof(book.database, claim, proof), decisions } };
}

/** Costs of which only so many least are finite. */
function narrowed(costs: readonly number[], width: number): readonly number[] {
  if (costs.length <= width) return costs;
  const most = [...costs].sort((a, b) => a - b)[width - 1]!;
  let left = width - costs.filter((cost) => cost < most).length;
  return costs.map((cost) => (cost < most || (cost === most && left-- > 0) ? cost : Infinity));
}
