/** A rule of a grammar: a symbol, what it may be made of, and how often beside its other rules. */
export interface Rule {
  readonly left: string;
  readonly right: readonly string[];
  readonly weight: number;
}

/**
 * A probabilistic context-free grammar: rules over symbols, and words under tags. The probability of a rule is its weight
 * over those of all rules of its left side; tags have words alone.
 */
export interface Grammar {
  readonly root: string;
  readonly rules: readonly Rule[];
  /** Words of each tag, with their weights. */
  readonly words: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Rules by their left side, with probabilities for weights. */
export function rulesByLeft({ rules }: Grammar): Map<string, Rule[]> {
  const byLeft = new Map<string, Rule[]>();
  for (const rule of rules) byLeft.set(rule.left, [...(byLeft.get(rule.left) ?? []), rule]);
  for (const [left, of] of byLeft) {
    const total = of.reduce((sum, { weight }) => sum + weight, 0);
    byLeft.set(
      left,
      of.map((rule) => ({ ...rule, weight: rule.weight / total })),
    );
  }
  return byLeft;
}
