import type { Rule } from "./rules.js";

/** A statement that is still to be proved, or was, in one state of a search. */
export interface Goal {
  /** Its number, which its proof refers to. */
  readonly id: number;
  /** The term that it says. */
  readonly term: number;
}

/** A rule that was applied to a goal. */
export interface Applied {
  readonly goal: number;
  readonly rule: Rule;
  /** Terms for the rule's variables, of which metavariables may be known only later. */
  readonly values: readonly number[];
  /** Goals that prove its premises. */
  readonly premises: readonly number[];
}

/** Open goals of an unfinished proof, and the way to them. */
export interface ProofState {
  /** All of them must be proved; one metavariable in several stands for the same. Empty when the proof is done. */
  readonly goals: readonly Goal[];
  /** Goals that there have been. */
  readonly count: number;
  /** Rules that the last move applied, with those that closed goals at once. */
  readonly applied: readonly Applied[];
  /** What the last move found metavariables to stand for. */
  readonly bindings: ReadonlyMap<number, number>;
  readonly before: ProofState | undefined;
  /** Whether it may not be searched on: a goal or the proof is too large. */
  readonly isDead: boolean;
}
