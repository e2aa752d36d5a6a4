import type { Formula } from "./formula.js";
import type { Heads } from "./rules.js";

/** What metavariables stand for, as far as that is known. */
export type Bindings = ReadonlyMap<number, number>;

/** Terms have numbers below this: two of them make one number without rounding. */
const MOST_TERMS = 67_108_864;

/**
 * Terms of one search as numbers, equal terms as equal numbers (hash consing): formulas whose leaves may be metavariables,
 * which stand for formulas that are not known yet. A metavariable is a term without a head, that is, with head -1.
 */
export class Terms {
  readonly #heads: number[] = [];
  readonly #parts: (readonly number[])[] = [];
  readonly #types: string[] = [];
  readonly #sizes: number[] = [];
  readonly #open: boolean[] = [];
  /** For each head, the terms of it by their parts: of up to two parts by a number, since strings take longer to make. */
  readonly #ids: Map<number | string, number>[] = [];

  constructor(readonly heads: Heads) {}

  /** The term of a head and its parts: the same number whenever it is made. */
  make(head: number, parts: readonly number[]): number {
    const [one = 0, other = 0] = parts;
    const key = parts.length > 2 ? parts.join(" ") : one * MOST_TERMS + other;
    const ids = (this.#ids[head] ??= new Map());
    const known = ids.get(key);
    if (known !== undefined) return known;
    let size = 1;
    let isOpen = false;
    for (const part of parts) {
      size += this.#sizes[part]!;
      isOpen ||= this.#open[part]!;
    }
    const id = this.#add(head, parts, this.heads.types[head]!, size, isOpen);
    ids.set(key, id);
    return id;
  }

  /** A new metavariable. */
  fresh(type: string): number {
    return this.#add(-1, [], type, 1, true);
  }

  /** A formula as a term, without metavariables. */
  of({ label, children }: Formula): number {
    return this.make(
      this.heads.of(label),
      children.map((child) => this.of(child)),
    );
  }

  /** The number of its head; -1 of a metavariable. */
  headOf(term: number): number {
    return this.#heads[term]!;
  }

  /** The terms under its head, in the order of the syntax axiom's hypotheses. */
  partsOf(term: number): readonly number[] {
    return this.#parts[term]!;
  }

  /** Its typecode, such as "term". */
  typeOf(term: number): string {
    return this.#types[term]!;
  }

  /** Heads and metavariables in a term. */
  sizeOf(term: number): number {
    return this.#sizes[term]!;
  }

  /** Whether metavariables occur in a term. */
  isOpen(term: number): boolean {
    return this.#open[term]!;
  }

  /** Whether it is a metavariable. */
  isMeta(term: number): boolean {
    return this.#heads[term]! < 0;
  }

  /** Metavariables of a term, each once, in order, added to those that are there. */
  metasOf(term: number, found = new Set<number>()): Set<number> {
    if (this.isMeta(term)) found.add(term);
    else if (this.isOpen(term)) for (const part of this.partsOf(term)) this.metasOf(part, found);
    return found;
  }

  /** The term with metavariables replaced by what they stand for, throughout. */
  resolve(term: number, bindings: Bindings): number {
    if (!this.isOpen(term) || !bindings.size) return term;
    if (this.isMeta(term)) {
      const value = bindings.get(term);
      return value === undefined ? term : this.resolve(value, bindings);
    }
    const parts = this.partsOf(term).map((part) => this.resolve(part, bindings));
    return this.make(this.headOf(term), parts);
  }

  /** The formula of a term without metavariables. */
  formulaOf(term: number): Formula {
    return {
      label: this.heads.labels[this.headOf(term)]!,
      children: this.partsOf(term).map((part) => this.formulaOf(part)),
    };
  }

  #add(head: number, parts: readonly number[], type: string, size: number, isOpen: boolean): number {
    this.#heads.push(head);
    this.#parts.push(parts);
    this.#types.push(type);
    this.#sizes.push(size);
    this.#open.push(isOpen);
    return this.#heads.length - 1;
  }
}
