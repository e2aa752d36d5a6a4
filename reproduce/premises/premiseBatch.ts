import type { Layout } from "../../bindings/graph/layout.js";
import type { Batch } from "../../bindings/tasks/batch.js";

/** Sizes of a batch of conjectures with facts. */
export interface PremiseLimits {
  /** Facts of a row, at most. */
  facts: number;
  /** Tokens of a conjecture, and of a fact, at most. */
  conjectureLength: number;
  factLength: number;
}

/** Numbers that say how often a fact was needed, and by what: see Counts and Neighbours. */
export const COUNTS = 6;

/** A conjecture and some of its facts, as numbers. */
export interface PremiseRow {
  /** Token ids, at most conjectureLength. */
  readonly conjecture: ArrayLike<number>;
  readonly facts: readonly PremiseFact[];
}

/** A fact that a proof may need. */
export interface PremiseFact {
  /** Its number. */
  readonly formula: number;
  /** Token ids, at most factLength. */
  readonly tokens: ArrayLike<number>;
  /** Which of the facts with an embedding of their own; −1 for none. */
  readonly identity: number;
  /** As many as COUNTS. */
  readonly counts: readonly number[];
  readonly isNeeded: boolean;
}

/**
 * Batch of a row each: token ids, −1 behind an end, and masks that are 1 where there is a token; `asked` is 1 where there
 * is a fact.
 */
export const premiseLayout = ({ facts, conjectureLength, factLength }: PremiseLimits): Layout => ({
  conjecture: ["batch", conjectureLength],
  conjectureMask: ["batch", conjectureLength],
  fact: ["batch", facts * factLength],
  factMask: ["batch", facts * factLength],
  identity: ["batch", facts],
  counts: ["batch", facts * COUNTS],
  needed: ["batch", facts],
  asked: ["batch", facts],
});

/** Fills a batch of this layout with rows, which must fit. */
export function fillPremises(batch: Batch, rows: readonly PremiseRow[], limits: PremiseLimits): void {
  const { facts: most, conjectureLength, factLength } = limits;
  batch.reset({}, rows.length);
  const block = (name: string) => batch.block(name);
  const [conjecture, conjectureMask] = [block("conjecture"), block("conjectureMask")];
  const [fact, factMask] = [block("fact"), block("factMask")];
  const [identity, counts, needed, asked] = [block("identity"), block("counts"), block("needed"), block("asked")];
  conjecture.fill(-1);
  fact.fill(-1);
  identity.fill(-1);
  rows.forEach((row, i) => {
    conjecture.set(row.conjecture, i * conjectureLength);
    conjectureMask.fill(1, i * conjectureLength, i * conjectureLength + row.conjecture.length);
    row.facts.forEach((each, k) => {
      const pair = i * most + k;
      fact.set(each.tokens, pair * factLength);
      factMask.fill(1, pair * factLength, pair * factLength + each.tokens.length);
      identity[pair] = each.identity;
      counts.set(each.counts, pair * COUNTS);
      needed[pair] = Number(each.isNeeded);
      asked[pair] = 1;
    });
  });
}
