/**
 * Syntax tree of a formula: the label of a variable's type hypothesis, or of a syntax axiom applied to trees, in the
 * order of the axiom's hypotheses. Written in postfix its labels are Metamath's proof that the formula is well formed.
 */
export interface Formula {
  readonly label: string;
  readonly children: readonly Formula[];
}

/** The labels of a tree in postfix: the proof of its syntax. */
export function syntaxProof({ label, children }: Formula): string[] {
  return [...children.flatMap(syntaxProof), label];
}
