import { naturalExponential } from "../common/naturalExponential.js";
import { naturalLogarithm } from "../common/naturalLogarithm.js";
import type { Decision } from "./decisions.js";
import type { ProofMove, ProofPuzzle } from "./proofPuzzle.js";
import type { ProofState } from "./proofState.js";
import type { Rule } from "./rules.js";

/** Intuition for proofs: the cost of each move of a state, from 0 up, such as −ln of its probability. */
export type ProofPolicy = (puzzle: ProofPuzzle, state: ProofState, moves: readonly ProofMove[]) => readonly number[];

/** Every statement that fits is as likely: search without guidance. */
export const uniformPolicy: ProofPolicy = (_, __, moves) => {
  const cost = naturalLogarithm(moves.length);
  return moves.map(() => cost);
};

/** Name of all hypotheses of claims: no two claims share one. */
export const HYPOTHESIS = "(hypothesis)";

/** What policies call a rule of a puzzle: its label, or that it is a hypothesis of the claim. */
export const nameOf = ({ book }: ProofPuzzle, { label }: Rule): string => {
  const statement = book.database.statements.get(label);
  return statement && "index" in statement ? label : HYPOTHESIS;
};

/** Costs −ln p of moves, of logarithms of weights that need not sum to 1. */
export function costsOf(logWeights: readonly number[]): number[] {
  const most = logWeights.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = logWeights.reduce((total, weight) => total + naturalExponential(weight - most), 0);
  const logSum = most + naturalLogarithm(sum);
  return logWeights.map((weight) => Math.max(0, logSum - weight));
}

/** The mean of the probabilities of several policies. */
export const mixedPolicy =
  (policies: readonly ProofPolicy[]): ProofPolicy =>
  (puzzle, state, moves) => {
    const all = policies.map((policy) => policy(puzzle, state, moves));
    return costsOf(
      moves.map((_, i) => naturalLogarithm(all.reduce((sum, costs) => sum + naturalExponential(-costs[i]!), 0))),
    );
  };

/** How often each statement was applied, in all and by goal. */
class Counts {
  readonly of = new Map<string, number>();
  total = 0;

  add(name: string): void {
    this.of.set(name, (this.of.get(name) ?? 0) + 1);
    this.total++;
  }

  /** Probability, smoothed by that of a wider class that counts as so many further cases. */
  smoothed(name: string, wider: number, strength: number): number {
    return ((this.of.get(name) ?? 0) + strength * wider) / (this.total + strength);
  }
}

/** Choices of a CountPolicy. */
export interface CountPolicyOptions {
  /**
   * What of a goal counts: nothing, its relation, such as equality, or also the operations on both sides. Each is
   * smoothed by the ones before. Default: "heads".
   */
  readonly given?: "nothing" | "relation" | "heads";
  /** Cases that the wider class counts as. Default: 1. */
  readonly strength?: number;
}

/**
 * Counts of which statement proofs applied to goals like this one: the baseline that knows no more of a goal than its
 * topmost heads.
 *
 * @example
 * const counts = new CountPolicy();
 * for (const decision of replayProof(puzzle, checkProof(database, theorem)).decisions) counts.learn(puzzle, decision);
 */
export class CountPolicy {
  readonly #levels: number;
  readonly #strength: number;
  readonly #counts = new Map<string, Counts>();

  constructor({ given = "heads", strength = 1 }: CountPolicyOptions = {}) {
    this.#levels = ["nothing", "relation", "heads"].indexOf(given) + 1;
    this.#strength = strength;
  }

  /** Counts a decision of a proof. */
  learn(puzzle: ProofPuzzle, { goal, rule }: Decision): void {
    const name = nameOf(puzzle, rule);
    for (const key of this.#keysOf(puzzle, goal.term)) {
      let counts = this.#counts.get(key);
      if (!counts) this.#counts.set(key, (counts = new Counts()));
      counts.add(name);
    }
  }

  /** The policy of the counts so far. */
  readonly policy: ProofPolicy = (puzzle, state, moves) => {
    const keys = this.#keysOf(puzzle, puzzle.goalOf(state).term);
    const counted = keys.map((key) => this.#counts.get(key)).filter((counts) => counts !== undefined);
    const logWeights = moves.map(({ rule }) => {
      const name = nameOf(puzzle, rule);
      const smoothed = (wider: number, counts: Counts): number => counts.smoothed(name, wider, this.#strength);
      return naturalLogarithm(counted.reduce(smoothed, 1 / puzzle.rules.length));
    });
    return costsOf(logWeights);
  };

  #keysOf({ terms }: ProofPuzzle, term: number): string[] {
    const relation = `${terms.headOf(term)}`;
    const heads = [relation, ...terms.partsOf(term).map((part) => terms.headOf(part))].join(" ");
    return ["", relation, heads].slice(0, this.#levels);
  }
}
