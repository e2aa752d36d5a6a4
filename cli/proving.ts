import {
  claimOf,
  CountPolicy,
  checkProof,
  goalSymbols,
  MetamathError,
  prove,
  ProofPuzzle,
  replayProof,
  StatementNetwork,
  uniformPolicy,
  type Claim,
  type Look,
  type ProofPolicy,
  type ProofSearch,
  type RuleBook,
} from "../bindings/metamath.js";
import type { Engine } from "../bindings/full.js";
import type { AttentionSeq2Seq } from "../bindings/models.js";
import { visible } from "../bindings/common/visible.js";
import { capabilityOf } from "./capabilities.js";
import { paint } from "./colorScale.js";
import { UsageError } from "./errors.js";
import { expectTask } from "./expectTask.js";
import type { Held } from "./held.js";
import { count, plural } from "./numbers.js";
import type { Palette } from "./terminal.js";

/** What a search goes by. */
export const GUIDES = ["network", "counts", "none"] as const;
export type Guide = (typeof GUIDES)[number];

/** A policy, and where it looks if it is a network. */
export interface Guidance {
  readonly policy: ProofPolicy;
  look?(puzzle: ProofPuzzle, term: number, rule: Parameters<StatementNetwork["look"]>[2]): Look;
}

/** The network of a model. @throws UsageError when it has not learned to prove, or from another database. */
export function networkOf(engine: Engine, held: Held, book: RuleBook): Guidance {
  const { file } = held;
  capabilityOf(held, "transduce", "prove");
  expectTask(held, "proving", "prove");
  try {
    const network = new StatementNetwork(engine, held.model as AttentionSeq2Seq, book);
    return { policy: network.policy, look: (...of) => network.look(...of) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`${file}: ${error.message}. --guide counts needs no model`, { cause: error });
  }
}

/** Counts of all proofs of a database. @throws MetamathError when one of them is none. */
export function countsOf(book: RuleBook): Guidance {
  const counts = new CountPolicy();
  for (const theorem of book.database.assertions) {
    if (!theorem.proof || !book.grammar.isProvable(theorem.symbols[0])) continue;
    const puzzle = new ProofPuzzle(book, theorem);
    for (const each of replayProof(puzzle, checkProof(book.database, theorem)).decisions) counts.learn(puzzle, each);
  }
  return { policy: counts.policy };
}

export const unguided: Guidance = { policy: uniformPolicy };

/** What a line asks to be proved: a theorem of the database by its label, or a statement. */
export function claimFrom({ database, grammar }: RuleBook, text: string, hypotheses: readonly string[]): Claim {
  const named = database.statements.get(text);
  if (named && "index" in named) {
    if (hypotheses.length)
      throw new UsageError("--given is for statements: a theorem of the database has its own hypotheses");
    if (named.kind === "axiom") throw new UsageError(`${text} is an axiom, which nothing proves`);
    return named;
  }
  const whole = (each: string): string => (grammar.isProvable(each.trim().split(/\s+/)[0]) ? each : `|- ${each}`);
  return claimOf(database, whole(text), { hypotheses: hypotheses.map(whole) });
}

/** What the search decided for one goal. */
export interface ShownLook {
  readonly goal: string;
  /** The goal, symbol by symbol, as it is written. */
  readonly symbols: readonly string[];
  /** How much of each symbol the network read, summing to 1. */
  readonly attention?: readonly number[];
  readonly statement: string;
  readonly probability?: number;
}

/** A proof as it is printed. */
export interface ShownProof {
  readonly statement: string;
  readonly proved: boolean;
  readonly nodes: number;
  /** Labels in postfix: what stands between $= and $. in a database. */
  readonly proof?: string;
  readonly steps?: readonly { readonly label: string; readonly uses: readonly number[]; readonly statement: string }[];
  readonly decisions?: readonly ShownLook[];
}

/** A search and what it found, with steps numbered from 1, and without those that prove syntax. */
export function shownProof(claim: Claim, search: ProofSearch, { look }: Guidance): ShownProof {
  const { found, nodes, puzzle } = search;
  const statement = claim.symbols.join(" ");
  if (!found) return { statement, proved: false, nodes };
  const { grammar } = puzzle.book;
  const numbers = new Map<number, number>();
  const steps = found.steps.flatMap(({ label, uses, symbols }, i) => {
    if (!grammar.isProvable(symbols[0])) return [];
    numbers.set(i, numbers.size + 1);
    return [{ label, uses: uses.flatMap((use) => numbers.get(use) ?? []), statement: symbols.join(" ") }];
  });
  const decisions = found.decisions.map(({ goal, rule }): ShownLook => {
    const { written, attention, probability } = look?.(puzzle, goal.term, rule) ?? lookless(puzzle, goal.term);
    return {
      goal: written.join(" "),
      symbols: written,
      ...(attention && { attention }),
      statement: rule.label,
      ...(probability !== undefined && { probability }),
    };
  });
  return { statement, proved: true, nodes, proof: found.proof.join(" "), steps, decisions };
}

const lookless = (puzzle: ProofPuzzle, term: number): Pick<Look, "written"> & Partial<Look> => ({
  written: goalSymbols(puzzle, term).written,
});

/** The steps of a proof, a line each, then what the search decided and where the network looked. */
export function proofText(shown: ShownProof, palette: Palette): string {
  const { statement, nodes, proof, steps = [], decisions = [] } = shown;
  const names = steps.map(({ label, uses }) => (uses.length ? `${label} ${uses.join(",")}` : label));
  const wide = Math.max(0, ...names.map((name) => name.length));
  const digits = String(steps.length).length;
  const lines = steps.map(
    (step, i) => `${String(i + 1).padStart(digits)}  ${visible(names[i]!).padEnd(wide)}  ${visible(step.statement)}`,
  );
  const looks = decisions.flatMap(({ goal, symbols, attention, statement: applied, probability }) => {
    const sure = probability === undefined ? "" : `, ${(100 * probability).toFixed(1)}%`;
    const weights =
      attention && symbols.flatMap((symbol, i) => [...symbol, ""].map((mark) => (mark ? attention[i]! : 0)));
    return [
      `${visible(goal)}   → ${visible(applied)}${sure}`,
      ...(weights ? [paint(weights, weights, palette).trimEnd()] : []),
    ];
  });
  const head = `${visible(statement)}: proved, ${plural(nodes, "state")} expanded, checked`;
  const decided = looks.length ? ["", "What the search applied to which goal:", ...looks] : [];
  return [head, "", ...lines, ...decided, "", `proof: ${proof}`].join("\n");
}

/** Why there is no proof. */
export const unprovedText = ({ statement, nodes }: ShownProof, limit: number, isExhausted: boolean): string =>
  isExhausted
    ? `${visible(statement)}: no proof; after ${plural(nodes, "state")} nothing is left to try`
    : `${visible(statement)}: no proof within ${count(limit)} states; --nodes allows more`;

/** Whether an error is about what was asked, and not about the program. */
export const isRefusal = (error: unknown): error is Error =>
  error instanceof MetamathError || error instanceof UsageError;

/** Searches for a proof, and shows it. */
export function proofOf(
  book: RuleBook,
  guidance: Guidance,
  text: string,
  { nodes, hypotheses }: { readonly nodes: number; readonly hypotheses: readonly string[] },
): { readonly shown: ShownProof; readonly isExhausted: boolean } {
  const claim = claimFrom(book, text, hypotheses);
  const search = prove(book, claim, { nodes, policy: guidance.policy });
  return { shown: shownProof(claim, search, guidance), isExhausted: search.isExhausted };
}
