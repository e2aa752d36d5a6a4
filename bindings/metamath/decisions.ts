import type { DerivedStep } from "./checkProof.js";
import type { ProofPuzzle } from "./proofPuzzle.js";
import type { Goal, ProofState } from "./proofState.js";
import type { Rule } from "./rules.js";

/** What a proof does in a state of the search: the goal in question, and the statement it applies to it. */
export interface Decision {
  readonly state: ProofState;
  readonly goal: Goal;
  readonly rule: Rule;
}

/** A proof as the search would have gone to find it. */
export interface Replay {
  readonly decisions: readonly Decision[];
  /** The state without goals, or where the search would not go on since a goal is too large. */
  readonly last: ProofState;
}

/**
 * Replays a proof as moves of the search for it. Goals have metavariables where the search would not know yet what the
 * proof knows, so that a policy learns from the goals that it will be asked about.
 *
 * @param steps - The derivation of the puzzle's claim, of `checkProof`.
 */
export function replayProof(puzzle: ProofPuzzle, steps: readonly DerivedStep[]): Replay {
  const places = new Map<number, number>([[0, steps.length - 1]]);
  const decisions: Decision[] = [];
  let state = puzzle.start();
  while (state.goals.length && !state.isDead) {
    const goal = puzzle.goalOf(state);
    const { label, uses } = steps[places.get(goal.id)!]!;
    const move = puzzle.moveOf(state, label);
    // A goal is never less general than the proof's own: the statement that proves one fits the other.
    if (!move) throw new Error(`The step ${label} of the proof of ${puzzle.claim.label} does not fit its goal`);
    decisions.push({ state, goal, rule: move.rule });
    state = puzzle.next(state, move);
    const [{ premises } = { premises: [] }] = state.applied;
    for (const [i, { kind, place }] of move.rule.slots.entries()) {
      const id = premises[place];
      if (kind === "essential" && id !== undefined && !places.has(id)) places.set(id, uses[i]!);
    }
  }
  return { decisions, last: state };
}
