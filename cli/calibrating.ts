import type { Engine } from "../bindings/full.js";
import { calibrate, calibrationIn, type Calibration, type Judged, type Pair } from "../bindings/tasks.js";
import { UsageError } from "./errors.js";
import type { Held } from "./held.js";
import type { SearchFlags, Transduction } from "./transducing.js";

/** Sources that are answered at once. */
const AT_ONCE = 4096;

/** What a file says of its model's probabilities, if it says anything. @throws UsageError when that is damaged. */
export function calibrationOf({ file, metadata }: Pick<Held, "file" | "metadata">): Calibration | undefined {
  try {
    return calibrationIn(metadata);
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** How a model's answers to held-out sources are calibrated. */
export interface Calibrating {
  readonly transduction: Transduction;
  /** Sources that training has not seen: one with several right targets has a pair for each. */
  readonly pairs: readonly Pair[];
  readonly search: SearchFlags;
  /** The part of the accepted answers that is to be right. */
  readonly precision: number;
}

/** The calibration of a model, from its answers to held-out sources. @throws UsageError when there are none. */
export function calibrationFrom(
  engine: Engine,
  { transduction, pairs, search, precision }: Calibrating,
): { readonly calibration: Calibration; readonly judged: readonly Judged[] } {
  const targets = new Map<string, { source: readonly string[]; right: Set<string> }>();
  for (const [source, target] of pairs) {
    const name = source.join("\0");
    const there = targets.get(name);
    if (there) there.right.add(target.join("\0"));
    else targets.set(name, { source, right: new Set([target.join("\0")]) });
  }
  const all = [...targets.values()];
  if (!all.length) throw new UsageError("There is nothing to calibrate with: no pair is left");
  const judged: Judged[] = [];
  for (let begin = 0; begin < all.length; begin += AT_ONCE) {
    const group = all.slice(begin, begin + AT_ONCE);
    const said = transduction.run(
      engine,
      group.map(({ source }) => source),
      search,
    );
    said.forEach(({ symbols, score }, i) => judged.push({ score, isRight: group[i]!.right.has(symbols.join("\0")) }));
  }
  return { calibration: calibrate(judged, { precision }), judged };
}
