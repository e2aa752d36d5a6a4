import { Random } from "../../bindings/common/random/philox.js";
import type { PremiseProblem } from "../../reproduce/premises/readPremises.js";

/** Symbols of the conjectures, each of which a fact is about. */
const SYMBOLS = 6;

/**
 * Made-up problems: a conjecture is about two of six symbols, and fact i, about symbol i, is needed where the conjecture
 * is about it, too. A seventh fact is always needed, and an eighth never; of the six nothing but reading tells.
 */
export function smallPremises(count: number, seed: number): { formulas: string[][]; problems: PremiseProblem[] } {
  const random = new Random(seed);
  const facts = Array.from({ length: SYMBOLS }, (_, i) => ["*", "cr1", `ck${i}`, "b0"]);
  const formulas = [...facts, ["cv1", "c1"], ["cv2", "c1"]];
  const problems = Array.from({ length: count }, (_, number): PremiseProblem => {
    const one = random.integer(0, SYMBOLS - 1);
    const other = (one + random.integer(1, SYMBOLS - 1)) % SYMBOLS;
    formulas.push(["*", "*", "c=", `ck${one}`, `ck${other}`]);
    const about = [one, other];
    const not = facts.map((_, i) => i).filter((i) => !about.includes(i));
    return {
      name: `problem${number}`,
      conjecture: formulas.length - 1,
      needed: [...about, SYMBOLS],
      unneeded: [...not.slice(0, 2), SYMBOLS + 1],
    };
  });
  return { formulas, problems };
}
