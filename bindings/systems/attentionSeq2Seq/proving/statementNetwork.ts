import { naturalExponential } from "../../../common/naturalExponential.js";
import { shown } from "../../../common/shown.js";
import type { Engine } from "../../../engine/engine.js";
import { expectEngine } from "../../../engine/expectEngine.js";
import type { Graph } from "../../../graph/graph.js";
import { constant, logSoftmax } from "../../../graph/ops/index.js";
import { goalSymbols, type GoalSymbols } from "../../../metamath/goalSymbols.js";
import { costsOf, nameOf, type ProofPolicy } from "../../../metamath/policies.js";
import type { ProofPuzzle } from "../../../metamath/proofPuzzle.js";
import type { RuleBook } from "../../../metamath/rules.js";
import { Executable } from "../../../runtime/executable.js";
import { variantOf } from "../../../runtime/method.js";
import type { AttentionSeq2Seq } from "../attentionSeq2Seq.js";
import { symbolSources } from "../symbolSources.js";

/** Goals whose answers are kept, since a search asks about the same ones again and again. */
const MOST_KEPT = 2048;

/** What a network makes of a goal. */
interface Considered {
  /** Of each statement, by its number in the model's target vocabulary, the end's 0 among them. */
  readonly logProbabilities: Float32Array;
  /** How much of each symbol was read, summing to 1; none of a model without attention. */
  readonly attention: Float32Array | undefined;
}

/** What a network looked at in a goal, and how likely it found a statement. */
export interface Look extends GoalSymbols {
  /** Of each symbol, summing to 1; none of a model without attention. */
  readonly attention: readonly number[] | undefined;
  /** Probability of the statement among all. */
  readonly probability: number;
}

/**
 * A policy of proofs by a model that has learned the task "proving": it reads the symbols of a goal, and says which
 * statement to apply. Of its distribution over all statements, that over those that fit is what the search goes by.
 *
 * @throws RangeError when the model does not know a statement of the database: it has learned another one.
 * @example
 * const network = new StatementNetwork(engine, model, book);
 * const { found } = prove(book, claimOf(database, "|- ( a v b ) = ( b v a )"), { policy: network.policy });
 */
export class StatementNetwork {
  readonly #engine: Engine;
  readonly #model: AttentionSeq2Seq;
  readonly #executable: Executable;
  readonly #kept = new Map<string, Considered>();

  constructor(engine: Engine, model: AttentionSeq2Seq, { rules }: RuleBook) {
    const owner = "StatementNetwork";
    expectEngine(owner, engine);
    const missing = rules.find((rule) => rule && model.target.numberOf(rule.label) === undefined);
    if (missing) {
      const label = shown(missing.label);
      throw new RangeError(
        `${owner}: the model does not know the statement ${label}: it has learned from another database`,
      );
    }
    this.#engine = engine;
    this.#model = model;
    this.#executable = new Executable(model);
  }

  /** The costs −ln p of moves. */
  readonly policy: ProofPolicy = (puzzle, state, moves) => {
    const { logProbabilities } = this.#consider(goalSymbols(puzzle, puzzle.goalOf(state).term).read);
    return costsOf(moves.map(({ rule }) => logProbabilities[this.#idOf(puzzle, rule)]!));
  };

  /** What it looked at in a goal, and how likely it found a rule. */
  look(puzzle: ProofPuzzle, term: number, rule: Parameters<typeof nameOf>[1]): Look {
    const symbols = goalSymbols(puzzle, term);
    const { logProbabilities, attention } = this.#consider(symbols.read);
    const probability = naturalExponential(logProbabilities[this.#idOf(puzzle, rule)]!);
    return { ...symbols, attention: attention && Array.from(attention), probability };
  }

  /** Gives back what it keeps in the engine. */
  release(): void {
    this.#engine.release(this.#executable);
    this.#kept.clear();
  }

  #idOf(puzzle: ProofPuzzle, rule: Parameters<typeof nameOf>[1]): number {
    return this.#model.target.numberOf(nameOf(puzzle, rule))!;
  }

  #consider(goal: readonly string[]): Considered {
    const key = goal.join(" ");
    const before = this.#kept.get(key);
    if (before) return before;
    const sources = symbolSources(this.#model.source);
    const feed = sources.feed([sources.read("StatementNetwork", goal, "the goal")]);
    const variant = variantOf(this.#model, "choose", { record: (graph, rows) => this.#record(graph, rows) });
    const outputs = this.#executable.run(this.#engine, variant, feed);
    const considered = {
      logProbabilities: outputs.of("logProbabilities", 0).data,
      attention: outputs.has("attention") ? outputs.of("attention", 0).data : undefined,
    };
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, considered);
    return considered;
  }

  /** The first step of decoding: a target is one statement. */
  #record(graph: Graph, rows: number): void {
    const { annotations, state } = this.#model.encode(graph, rows);
    const { logits, weights } = this.#model.say(constant(graph, [rows], 0), state, annotations);
    graph.output("logProbabilities", logSoftmax(logits));
    if (weights) graph.output("attention", weights);
  }
}
