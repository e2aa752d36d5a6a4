import { naturalLogarithm } from "../../bindings/common/naturalLogarithm.js";
import type { PremiseProblem } from "./readPremises.js";

/** A number of the vector of a formula. */
type Entry = readonly [symbol: number, weight: number];

/** Votes for and against a fact. */
export type VoteFeatures = readonly [squares: number, fourths: number, nearestNeeded: number, nearestUnneeded: number];

/** Votes that are added to both sides, of each sum. */
const [SQUARES, FOURTHS] = [0.2, 0.05];

/** What is learned from, and how many neighbours are asked. */
export interface NeighboursOptions {
  /** Symbols of every formula, by its number. */
  readonly symbols: readonly (readonly string[])[];
  readonly problems: readonly PremiseProblem[];
  /** k. */
  readonly neighbours: number;
}

/**
 * Premise selection by k-nearest neighbours, as provers do it: conjectures are sets of symbols, weighted by tf-idf, and
 * near by the cosine. Of the k nearest problems that offer a fact, those whose proof needed it speak for it, and the others
 * against it, each by its nearness. After Kaliszyk & Urban 2015, arXiv:1310.2805, which has no problems that speak against
 * facts.
 */
export class Neighbours {
  readonly #symbols: readonly (readonly string[])[];
  readonly #numbers = new Map<string, number>();
  readonly #weights: number[] = [];
  readonly #offering = new Map<number, { readonly problem: number; readonly isNeeded: boolean }[]>();
  /** Problems by symbol, with the weight of that in each. */
  readonly #having: (readonly [problem: number, weight: number])[][] = [];
  readonly #neighbours: number;
  readonly #problems: number;

  constructor({ symbols, problems, neighbours }: NeighboursOptions) {
    this.#symbols = symbols;
    this.#neighbours = neighbours;
    this.#problems = problems.length;
    const seen = new Map<string, number>();
    for (const { conjecture } of problems)
      for (const symbol of new Set(symbols[conjecture])) seen.set(symbol, (seen.get(symbol) ?? 0) + 1);
    for (const [symbol, count] of seen) {
      this.#numbers.set(symbol, this.#weights.length);
      this.#weights.push(naturalLogarithm(problems.length / count));
      this.#having.push([]);
    }
    problems.forEach(({ conjecture, needed, unneeded }, problem) => {
      for (const [symbol, weight] of this.#vector(conjecture)) this.#having[symbol]!.push([problem, weight]);
      for (const fact of needed) this.#offer(fact, problem, true);
      for (const fact of unneeded) this.#offer(fact, problem, false);
    });
  }

  /** Scores of facts for a conjecture: from −1 to 1, and needed above 0. */
  scores(conjecture: number, facts: readonly number[]): number[] {
    const nearness = this.#nearness(conjecture);
    return facts.map((fact) => {
      const nearest = (this.#offering.get(fact) ?? [])
        .map(({ problem, isNeeded }) => ({ near: nearness[problem]!, isNeeded }))
        .sort((a, b) => b.near - a.near)
        .slice(0, this.#neighbours);
      const all = nearest.reduce((sum, { near }) => sum + near, 0);
      const says = nearest.reduce((sum, { near, isNeeded }) => sum + (isNeeded ? near : -near), 0);
      return all ? says / all : 0;
    });
  }

  /**
   * What all problems that offer a fact say of its need, for a network to read: ln of the squares of nearness of those
   * that needed it by those of the others, the same of fourth powers, and how near the nearest is of each. `without` is
   * the number of a learned problem that is left out, since a network that learns must not see its answer.
   */
  features(conjecture: number, facts: readonly number[], without = -1): VoteFeatures[] {
    const nearness = this.#nearness(conjecture);
    return facts.map((fact) => {
      const [squares, fourths, nearest] = [
        [0, 0],
        [0, 0],
        [0, 0],
      ] as [number[], number[], number[]];
      for (const { problem, isNeeded } of this.#offering.get(fact) ?? []) {
        if (problem === without) continue;
        const [near, side] = [nearness[problem]!, isNeeded ? 0 : 1];
        squares[side]! += near * near;
        fourths[side]! += near * near * near * near;
        if (near > nearest[side]!) nearest[side] = near;
      }
      const odds = ([needed, unneeded]: number[], smoothing: number): number =>
        naturalLogarithm((needed! + smoothing) / (unneeded! + smoothing));
      return [odds(squares, SQUARES), odds(fourths, FOURTHS), nearest[0]!, nearest[1]!];
    });
  }

  /** The cosine to the conjecture of each problem. */
  #nearness(conjecture: number): Float64Array {
    const nearness = new Float64Array(this.#problems);
    for (const [symbol, weight] of this.#vector(conjecture))
      for (const [problem, other] of this.#having[symbol]!) nearness[problem]! += weight * other;
    return nearness;
  }

  #offer(fact: number, problem: number, isNeeded: boolean): void {
    const there = this.#offering.get(fact);
    if (there) there.push({ problem, isNeeded });
    else this.#offering.set(fact, [{ problem, isNeeded }]);
  }

  /** Of length 1; symbols that no conjecture has are left out. */
  #vector(formula: number): Entry[] {
    const counted = new Map<number, number>();
    for (const symbol of this.#symbols[formula]!) {
      const number = this.#numbers.get(symbol);
      if (number !== undefined) counted.set(number, this.#weights[number]!);
    }
    const length = Math.sqrt([...counted.values()].reduce((sum, weight) => sum + weight * weight, 0));
    return length ? [...counted].map(([symbol, weight]) => [symbol, weight / length]) : [];
  }
}
