import type { Pattern, Rule } from "./rules.js";
import type { Bindings, Terms } from "./terms.js";

/** A rule made to fit a goal: terms for its variables, and what the goal's metavariables must stand for. */
export interface Unifier {
  readonly values: readonly (number | undefined)[];
  readonly bindings: Bindings;
}

/** Most general unification of one conclusion with one goal (Robinson 1965), with the occurs check. */
class Unification {
  readonly values: (number | undefined)[];
  readonly bindings = new Map<number, number>();

  constructor(
    readonly terms: Terms,
    rule: Rule,
  ) {
    this.values = new Array<number | undefined>(rule.variables.length).fill(undefined);
  }

  fits(pattern: Pattern, goal: number): boolean {
    const { terms } = this;
    const term = this.#found(goal);
    if (pattern.variable !== undefined) {
      const value = this.values[pattern.variable];
      if (value !== undefined) return this.#same(value, term);
      if (terms.typeOf(term) !== pattern.type) return false;
      this.values[pattern.variable] = term;
      return true;
    }
    if (terms.isMeta(term)) return this.#bind(term, instantiate(terms, pattern, this.values));
    if (terms.headOf(term) !== pattern.head) return false;
    const parts = terms.partsOf(term);
    return pattern.parts.every((part, i) => this.fits(part, parts[i]!));
  }

  /** A term, or what it stands for if it is a metavariable. */
  #found(term: number): number {
    let found = term;
    for (let next = this.bindings.get(found); next !== undefined; next = this.bindings.get(found)) found = next;
    return found;
  }

  #same(one: number, other: number): boolean {
    const { terms } = this;
    const [a, b] = [this.#found(one), this.#found(other)];
    if (a === b) return true;
    if (terms.isMeta(a)) return this.#bind(a, b);
    if (terms.isMeta(b)) return this.#bind(b, a);
    if (terms.headOf(a) !== terms.headOf(b) || !(terms.isOpen(a) || terms.isOpen(b))) return false;
    const parts = terms.partsOf(b);
    return terms.partsOf(a).every((part, i) => this.#same(part, parts[i]!));
  }

  #bind(meta: number, term: number): boolean {
    const { terms } = this;
    if (terms.typeOf(meta) !== terms.typeOf(term) || this.#occurs(meta, term)) return false;
    this.bindings.set(meta, term);
    return true;
  }

  #occurs(meta: number, term: number): boolean {
    const found = this.#found(term);
    if (found === meta) return true;
    return this.terms.isOpen(found) && this.terms.partsOf(found).some((part) => this.#occurs(meta, part));
  }
}

/** The term of a pattern; variables without a value get a new metavariable as theirs. */
export function instantiate(terms: Terms, pattern: Pattern, values: (number | undefined)[]): number {
  if (pattern.variable !== undefined) return (values[pattern.variable] ??= terms.fresh(pattern.type));
  return terms.make(
    pattern.head,
    pattern.parts.map((part) => instantiate(terms, part, values)),
  );
}

/**
 * Unifies a rule's conclusion with a goal. Variables of the goal's theorem are constants, and are never replaced.
 *
 * @returns Undefined if they do not unify.
 */
export function unify(terms: Terms, rule: Rule, goal: number): Unifier | undefined {
  const unification = new Unification(terms, rule);
  return unification.fits(rule.conclusion, goal) ? unification : undefined;
}
