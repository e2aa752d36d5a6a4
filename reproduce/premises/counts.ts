import { naturalLogarithm } from "../../bindings/common/naturalLogarithm.js";
import type { PremiseProblem } from "./readPremises.js";

/** How often the proofs that are learned from needed a fact, of those for which it was offered. */
export class Counts {
  readonly #needed = new Map<number, number>();
  readonly #unneeded = new Map<number, number>();

  constructor(problems: readonly PremiseProblem[]) {
    for (const { needed, unneeded } of problems) {
      for (const fact of needed) this.#needed.set(fact, (this.#needed.get(fact) ?? 0) + 1);
      for (const fact of unneeded) this.#unneeded.set(fact, (this.#unneeded.get(fact) ?? 0) + 1);
    }
  }

  /** Problems that offer a fact. */
  of(fact: number): number {
    return (this.#needed.get(fact) ?? 0) + (this.#unneeded.get(fact) ?? 0);
  }

  /** The baseline: ln of how often it was needed by how often not, each one more; above 0 is needed. */
  score(fact: number): number {
    return this.features(fact)[0]!;
  }

  /**
   * The same and ln of how often it was offered, one more. `without` takes away a problem that is itself counted, and
   * that needed the fact, or did not: a network that learns must not see its answer.
   */
  features(fact: number, without?: boolean): [odds: number, offered: number] {
    const needed = 1 + (this.#needed.get(fact) ?? 0) - Number(without === true);
    const unneeded = 1 + (this.#unneeded.get(fact) ?? 0) - Number(without === false);
    return [naturalLogarithm(needed / unneeded), naturalLogarithm(needed + unneeded - 1)];
  }
}
