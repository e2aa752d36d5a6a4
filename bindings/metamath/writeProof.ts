import type { Claim } from "./database.js";
import { syntaxProof } from "./formula.js";
import type { Applied, ProofState } from "./proofState.js";
import type { Terms } from "./terms.js";

/**
 * The proof that a state without goals has found, as labels in postfix. Metavariables that may stand for anything stand
 * for a variable of the claim.
 *
 * @returns Undefined if there is no variable of the type of such a metavariable.
 */
export function writeProof(terms: Terms, claim: Claim, last: ProofState): string[] | undefined {
  const steps = new Map<number, Applied>();
  const bindings = new Map<number, number>();
  for (let state: ProofState | undefined = last; state; state = state.before) {
    for (const each of state.applied) steps.set(each.goal, each);
    for (const [meta, term] of state.bindings) bindings.set(meta, term);
  }
  for (const { values } of steps.values()) {
    for (const value of values) {
      for (const meta of terms.metasOf(terms.resolve(value, bindings))) {
        const type = terms.typeOf(meta);
        const variable = [...claim.hypotheses, ...claim.scope.hypotheses].find(
          ({ kind, symbols }) => kind === "floating" && symbols[0] === type,
        );
        if (!variable) return undefined;
        bindings.set(meta, terms.of({ label: variable.label, children: [] }));
      }
    }
  }
  const known = new Map<number, readonly string[]>();
  const proofOf = (goal: number): readonly string[] => {
    const before = known.get(goal);
    if (before) return before;
    const { rule, values, premises } = steps.get(goal)!;
    const labels = rule.slots.flatMap(({ kind, place }) => {
      if (kind === "essential") return proofOf(premises[place]!);
      return syntaxProof(terms.formulaOf(terms.resolve(values[place]!, bindings)));
    });
    labels.push(rule.label);
    known.set(goal, labels);
    return labels;
  };
  return [...proofOf(0)];
}
