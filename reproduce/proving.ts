import type { Engine } from "../bindings/core.js";
import { checkProof } from "../bindings/metamath/checkProof.js";
import { replayProof } from "../bindings/metamath/decisions.js";
import { CountPolicy, type CountPolicyOptions, type ProofPolicy } from "../bindings/metamath/policies.js";
import { theoremsOf, type ProofPart } from "../bindings/metamath/proofPairs.js";
import { ProofPuzzle } from "../bindings/metamath/proofPuzzle.js";
import { prove, type ProveOptions } from "../bindings/metamath/prove.js";
import type { RuleBook } from "../bindings/metamath/rules.js";
import type { AttentionSeq2Seq } from "../bindings/models.js";
import { StatementNetwork } from "../bindings/systems/attentionSeq2Seq/proving/statementNetwork.js";
import type { TheoremsFile } from "../cli/theorems.js";
import type { Decoding } from "../recipes/attentionSeq2Seq.js";
import { readData } from "./data.js";
import type { Examination, Measured } from "./system.js";

/** Statements that are looked for among the likeliest. */
const SOME = 10;

/**
 * How often the statement that a policy finds likeliest, of those that fit a goal, is the one that the proof applies, and
 * how often it is among ten; and what a decision costs in nats, on average.
 */
export function judgeDecisions(book: RuleBook, part: ProofPart, policy: ProofPolicy, most = Infinity): Measured {
  let [decisions, first, some, nats] = [0, 0, 0, 0];
  for (const theorem of theoremsOf(book, part)) {
    const puzzle = new ProofPuzzle(book, theorem);
    for (const { state, rule } of replayProof(puzzle, checkProof(book.database, theorem)).decisions) {
      if (decisions === most) break;
      const moves = puzzle.moves(state);
      const costs = policy(puzzle, state, moves);
      const cost = costs[moves.findIndex((move) => move.rule === rule)]!;
      const before = costs.filter((each) => each < cost).length;
      decisions++;
      first += Number(before === 0);
      some += Number(before < SOME);
      nats += cost;
    }
  }
  return { right: first / decisions, rightOfTen: some / decisions, nats: nats / decisions, sources: decisions };
}

/** The decisions of the proofs of the test, by a network. */
export function measureProving({ engine, model, experiment, test }: Examination<AttentionSeq2Seq, Decoding>): Measured {
  const { book } = readData(experiment, "test") as TheoremsFile;
  const network = new StatementNetwork(engine, model, book);
  const measured = judgeDecisions(book, "test", network.policy, test.sequences);
  network.release();
  return measured;
}

/** Counts of the decisions of all proofs that are learned from. */
export function countsOf(book: RuleBook, options: CountPolicyOptions): CountPolicy {
  const counts = new CountPolicy(options);
  for (const theorem of theoremsOf(book, "train")) {
    const puzzle = new ProofPuzzle(book, theorem);
    for (const each of replayProof(puzzle, checkProof(book.database, theorem)).decisions) counts.learn(puzzle, each);
  }
  return counts;
}

/** The policy of a network, of a database that it has learned from. */
export const networkPolicy = (engine: Engine, model: AttentionSeq2Seq, book: RuleBook): ProofPolicy =>
  new StatementNetwork(engine, model, book).policy;

/** What a policy proves. */
export interface Proved {
  readonly theorems: number;
  /** Labels of what is proved, each with the states that were expanded and the statements of the proof. */
  readonly proved: Readonly<Record<string, readonly [nodes: number, steps: number]>>;
  /** States that were expanded, of all searches. */
  readonly nodes: number;
  /** Of the processor. */
  readonly seconds: number;
}

/** Searches for the proofs of a part's theorems, each from what stands before it. */
export function proveAll(
  book: RuleBook,
  { part, most = Infinity, ...options }: ProveOptions & { readonly part: ProofPart; readonly most?: number },
): Proved {
  const theorems = theoremsOf(book, part).slice(0, most);
  const proved: Record<string, readonly [number, number]> = {};
  const begin = process.cpuUsage().user;
  let all = 0;
  for (const theorem of theorems) {
    const { found, nodes } = prove(book, theorem, options);
    all += nodes;
    if (found)
      proved[theorem.label] = [nodes, found.steps.filter(({ symbols }) => book.grammar.isProvable(symbols[0])).length];
  }
  return { theorems: theorems.length, proved, nodes: all, seconds: (process.cpuUsage().user - begin) / 1e6 };
}
