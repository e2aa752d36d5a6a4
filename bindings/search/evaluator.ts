import { shown } from "../common/shown.js";
import { EvaluationError } from "./errors.js";

/** What is thought of a state. */
export interface Evaluation {
  /**
   * The probability of each action, by its number. Those that are not legal do not count: the search divides the others
   * by their sum.
   */
  readonly policy: ArrayLike<number>;
  /** The value that the player to move can expect, from −1 to 1. */
  readonly value: number;
}

/** Intuition for a game: evaluates a batch of states, none of which is terminal. */
export type Evaluator<State> = (states: readonly State[]) => readonly Evaluation[];

/**
 * The probabilities of the legal moves, which sum to 1. Where the policy gives none of them anything, they are equal.
 * @throws EvaluationError unless there are as many as actions, all finite and none below 0, and the value is one.
 */
export function priorsOf({ policy, value }: Evaluation, moves: readonly number[], actions: number): Float64Array {
  if (policy.length !== actions) {
    throw new EvaluationError(`The policy has ${policy.length} probabilities, and must have one of ${actions} actions`);
  }
  if (!(value >= -1 && value <= 1)) {
    throw new EvaluationError(`The value of a state is ${shown(value)}, and must be a number from -1 to 1`);
  }
  const priors = Float64Array.from(moves, (move) => {
    const probability = policy[move]!;
    if (probability >= 0 && probability < Infinity) return probability;
    throw new EvaluationError(
      `The policy has ${shown(probability)} for move ${move}, and must have a number from 0 up`,
    );
  });
  const sum = priors.reduce((a, b) => a + b, 0);
  return priors.map((prior) => (sum > 0 ? prior / sum : 1 / moves.length));
}

/** @throws EvaluationError unless there is one of each state. */
export function expectEach(what: string, given: number, states: number): void {
  if (given === states) return;
  throw new EvaluationError(`The ${what} are ${given}, and must be ${states}: one of each state`);
}
