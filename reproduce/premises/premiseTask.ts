import type { Random } from "../../bindings/common/random/philox.js";
import type { Batch } from "../../bindings/tasks/batch.js";
import type { AnyTask } from "../../bindings/tasks/task.js";
import { fillPremises, type PremiseFact, type PremiseLimits, type PremiseRow } from "./premiseBatch.js";
import { Counts } from "./counts.js";
import { Neighbours, type VoteFeatures } from "./neighbours.js";
import type { PremiseProblem } from "./readPremises.js";
import { symbolsOf, TokenNumbers } from "./tokens.js";

/** What problems are made of. */
export interface PremiseTaskOptions extends PremiseLimits {
  readonly formulas: readonly (readonly string[])[];
  /** What is learned from. */
  readonly problems: readonly PremiseProblem[];
  /** Formulas that must have a symbol, for it to have an embedding; others share that of their kind. */
  readonly leastSymbol: number;
  /** Problems that must offer a fact, for it to have an embedding of its own. */
  readonly leastFact: number;
  readonly seed: number;
}

/** A task of judging facts: learned problems as batches, and the rows of any others. */
export interface PremiseTask extends AnyTask, PremiseLimits {
  readonly tokens: number;
  readonly identities: number;
  /**
   * The facts of a problem that is not learned from, in rows as even as there are, in an order that does not tell which
   * are needed: that of their numbers' hash.
   */
  rowsOf(problem: PremiseProblem): PremiseRow[];
}

/** Draws problems by how many facts they have, and of each as many facts as a row holds. */
export function premiseTask(options: PremiseTaskOptions): PremiseTask {
  const { formulas, problems, facts: most, conjectureLength, factLength, leastSymbol, leastFact, seed } = options;
  const counts = new Counts(problems);
  const learned = new Set(problems.flatMap(({ conjecture, needed, unneeded }) => [conjecture, ...needed, ...unneeded]));
  const symbols = formulas.map(symbolsOf);
  const numbers = new TokenNumbers(
    [...learned].map((formula) => symbols[formula]!),
    leastSymbol,
  );
  const identities = new Map<number, number>();
  for (const fact of learned) if (counts.of(fact) >= leastFact) identities.set(fact, identities.size);
  const [asConjecture, asFact] = [conjectureLength, factLength].map((length) => {
    const kept: (Uint32Array | undefined)[] = [];
    return (formula: number) => (kept[formula] ??= numbers.of(symbols[formula]!, length));
  }) as [(formula: number) => Uint32Array, (formula: number) => Uint32Array];
  const neighbours = new Neighbours({ symbols, problems, neighbours: 0 });
  /** The facts of a problem; `number` is that of a learned one. */
  const offered = ({ conjecture, needed, unneeded }: PremiseProblem, number?: number): PremiseFact[] => {
    const facts = [...needed, ...unneeded];
    const votes: VoteFeatures[] = neighbours.features(conjecture, facts, number);
    return facts.map((formula, i) => {
      const isNeeded = i < needed.length;
      return {
        formula,
        tokens: asFact(formula),
        identity: identities.get(formula) ?? -1,
        counts: [...counts.features(formula, number === undefined ? undefined : isNeeded), ...votes[i]!],
        isNeeded,
      };
    });
  };
  const kept: (readonly PremiseFact[])[] = [];
  // A problem as often as it fills rows.
  const draws = problems.flatMap(({ needed, unneeded }, number) =>
    Array.from({ length: Math.ceil((needed.length + unneeded.length) / most) }, () => number),
  );
  const draw = (random: Random): PremiseRow => {
    const number = draws[random.integer(0, draws.length - 1)]!;
    const problem = problems[number]!;
    const list = [...(kept[number] ??= offered(problem, number))];
    for (let i = 0; i < Math.min(most, list.length); ++i) {
      const j = random.integer(i, list.length - 1);
      [list[i], list[j]] = [list[j]!, list[i]!];
    }
    return { conjecture: asConjecture(problem.conjecture), facts: list.slice(0, most) };
  };
  return {
    name: "premises",
    options: {},
    seed,
    facts: most,
    conjectureLength,
    factLength,
    tokens: numbers.size,
    identities: identities.size,
    rowsOf(problem) {
      const list = offered(problem).sort((a, b) => hashOf(a.formula) - hashOf(b.formula));
      const conjecture = asConjecture(problem.conjecture);
      const rows = Math.ceil(list.length / most);
      return Array.from({ length: rows }, (_, row) => ({
        conjecture,
        facts: list.filter((_, i) => i % rows === row),
      }));
    },
    generate(random: Random, count: number, batch: Batch) {
      fillPremises(
        batch,
        Array.from({ length: count }, () => draw(random)),
        options,
      );
    },
    metrics: {},
  };
}

/** Knuth's multiplicative hash. */
const hashOf = (formula: number): number => Math.imul(formula, 0x9e3779b1) >>> 0;
