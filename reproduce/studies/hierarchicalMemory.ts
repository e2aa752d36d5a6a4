import type { Engine } from "../../bindings/core.js";
import type { StudyOptions } from "../page.js";
import { timeAccess, type AccessTime } from "./treeAccess.js";
import { studySearch, type SearchStudy } from "./treeSearch.js";

/** Leaves, as powers of two. */
const LEVELS = [5, 8, 11, 14, 17, 20];
/** Accesses that are timed together, how often, and accesses in front of them. */
const EFFORT = { together: 20, rounds: 25, warmup: 400 };
const QUICK = { together: 2, rounds: 2, warmup: 2, levels: LEVELS.slice(0, 2) };

export interface TreeStudy {
  readonly machine: string;
  readonly accesses: readonly AccessTime[];
  readonly searched: readonly SearchStudy[];
}

/** What an access costs, and how often searching is right, from 2⁵ to 2²⁰ leaves. */
export const studyTrees = (engine: Engine, options: StudyOptions): Promise<TreeStudy> =>
  Promise.resolve({
    machine: options.machine,
    accesses: studyAccess(engine, options),
    searched: studySearch(engine, options),
  });

/** What an access costs on trees from 2⁵ to 2²⁰ leaves, with a memory of the paper's sizes, which need not be trained. */
function studyAccess(engine: Engine, { quick, report }: StudyOptions): readonly AccessTime[] {
  const { levels, ...effort } = quick ? QUICK : { ...EFFORT, levels: LEVELS };
  return levels.map((level) => {
    const time = timeAccess(engine, 2 ** level, effort);
    report(`access of 2^${level} leaves: ${time.microseconds} µs`);
    return time;
  });
}
