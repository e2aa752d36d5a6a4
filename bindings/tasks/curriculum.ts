import type { Random } from "../common/random/philox.js";
import { between, whole } from "../common/options.js";
import type { Lengths } from "./lengths.js";
import type { Curriculum } from "./task.js";

/** Options of tasks whose sequences become longer. */
export interface CurriculumOptions {
  /**
   * Steps of training after which sequences may be longer, by one, or, as a task says, twice as long, at the earliest: at
   * first they are of minLength or a little more. 0: of all lengths from the start. Default: 0.
   */
  curriculum?: number;
  /** Recent error that is low enough for sequences to be longer. Default: 1, any. */
  curriculumError?: number;
}

/** Default and check of each. */
export const curriculumRules = () => ({ curriculum: [0, whole(0)], curriculumError: [1, between(0.001, 1)] }) as const;

/** @throws RangeError when there is an error for levels to end at, and no curriculum. */
function expectCurriculum({ curriculum, curriculumError }: Required<CurriculumOptions>, owner: string): void {
  if (curriculum || curriculumError === 1) return;
  throw new RangeError(`${owner}: curriculumError is ${curriculumError}: give curriculum, too`);
}

/** Part of the error so far in the recent error: that of Zaremba & Sutskever's code. */
const KEPT = 0.8;

/**
 * Levels from the shortest length to the longest. A level ends when it has had `curriculum` steps, and the recent
 * error, which begins at 1, is at most `curriculumError`: Zaremba & Sutskever 2015, arXiv:1505.00521, section 6.
 * @throws RangeError when there is an error for levels to end at, and no curriculum.
 */
export function risingLengths(
  { minLength, maxLength, curriculum, curriculumError }: Lengths & Required<CurriculumOptions>,
  owner: string,
  metric: string,
): { readonly curriculum?: Curriculum } {
  expectCurriculum({ curriculum, curriculumError }, owner);
  if (!curriculum) return {};
  return {
    curriculum: {
      first: [minLength, 0, 1],
      next([length, steps, error], means) {
        const [seen, recent] = [steps! + 1, KEPT * error! + (1 - KEPT) * means[metric]!];
        const isLearned = seen >= curriculum && recent <= curriculumError;
        return isLearned && length! < maxLength ? [length! + 1, 0, 1] : [length!, seen, recent];
      },
    },
  };
}

/**
 * A length of the level that a curriculum has reached: a tenth of all there are, a quarter of the rest up to the level
 * and e, and the others of the level and e, where e is geometric.
 */
export function drawRisen(random: Random, { minLength, maxLength }: Lengths, [level]: readonly number[]): number {
  let top = Math.min(level!, maxLength);
  while (top < maxLength && random.uniform() < 0.5) ++top;
  if (random.uniform() < 0.1) return random.integer(minLength, maxLength);
  return random.uniform() < 0.25 ? random.integer(minLength, top) : top;
}

/** Part of the error so far in the recent error by which lengths double: they do so few times, and should be sure. */
const LONG_KEPT = 0.95;

/**
 * Levels that double from the shortest length to the longest, of which lengths are drawn up to the level. A level ends when
 * it has had `curriculum` steps, and the recent error, which begins at 1, is at most `curriculumError`: Rae et al. 2016,
 * arXiv:1610.09027, section 4.3.
 * @throws RangeError when there is an error for levels to end at, and no curriculum.
 */
export function doublingLengths(
  { minLength, maxLength, curriculum, curriculumError }: Lengths & Required<CurriculumOptions>,
  owner: string,
  errorOf: (means: Readonly<Record<string, number>>) => number,
): { readonly curriculum?: Curriculum } {
  expectCurriculum({ curriculum, curriculumError }, owner);
  if (!curriculum) return {};
  return {
    curriculum: {
      first: [minLength, 0, 1],
      next([length, steps, error], means) {
        const [seen, recent] = [steps! + 1, LONG_KEPT * error! + (1 - LONG_KEPT) * errorOf(means)];
        const isLearned = seen >= curriculum && recent <= curriculumError;
        return isLearned && length! < maxLength ? [Math.min(2 * length!, maxLength), 0, 1] : [length!, seen, recent];
      },
    },
  };
}
