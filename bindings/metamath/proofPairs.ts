import { crc32 } from "../common/crc32.js";
import { checkProof } from "./checkProof.js";
import type { Assertion } from "./database.js";
import { replayProof } from "./decisions.js";
import { goalSymbols, goalVocabulary } from "./goalSymbols.js";
import { HYPOTHESIS, nameOf } from "./policies.js";
import { ProofPuzzle } from "./proofPuzzle.js";
import type { RuleBook } from "./rules.js";

/** Which theorems of a database are learned from: a tenth is for the test, and one for choices. */
export type ProofPart = "train" | "dev" | "test";

/** The part that a theorem is in, by a hash of its label: CRC-32 modulo 10 is 0 of the test, 2 of dev. */
export function proofPartOf(label: string): ProofPart {
  const tenth = crc32(new TextEncoder().encode(label)) % 10;
  return tenth === 0 ? "test" : tenth === 2 ? "dev" : "train";
}

/** The theorems of a part, in the order of the database. */
export const theoremsOf = ({ database, grammar }: RuleBook, part: ProofPart): Assertion[] =>
  database.assertions.filter(({ label, proof, symbols: [typecode] }) => {
    return proof !== undefined && grammar.isProvable(typecode) && proofPartOf(label) === part;
  });

/** What proofs of a database did, as pairs of sequences to learn from. */
export interface ProofPairs {
  /** The symbols of a goal, and the one statement that its proof applies. */
  readonly pairs: readonly (readonly [source: readonly string[], target: readonly string[]])[];
  readonly sourceSymbols: readonly string[];
  /** Names of all statements that a policy may choose, also of those that no proof applies. */
  readonly targetSymbols: readonly string[];
}

/**
 * The decisions of the proofs of a part, each a goal and the statement that was applied to it, from proofs replayed as the
 * search would find them.
 *
 * @throws MetamathError when one of the proofs is none.
 */
export function proofPairs(book: RuleBook, part: ProofPart): ProofPairs {
  const pairs = theoremsOf(book, part).flatMap((theorem) => {
    const puzzle = new ProofPuzzle(book, theorem);
    const { decisions } = replayProof(puzzle, checkProof(book.database, theorem));
    return decisions.map(({ goal, rule }) => [goalSymbols(puzzle, goal.term).read, [nameOf(puzzle, rule)]] as const);
  });
  return {
    pairs,
    sourceSymbols: goalVocabulary(book.database, (typecode) => book.grammar.isProvable(typecode)),
    targetSymbols: [HYPOTHESIS, ...book.rules.flatMap((rule) => rule?.label ?? [])],
  };
}
