import type { Random } from "../../common/random/philox.js";
import { shown } from "../../common/shown.js";
import { babiTasks, type BabiTask } from "./babiTasks.js";
import { singleSupportingFact, threeSupportingFacts, twoSupportingFacts } from "./facts.js";
import type { BabiQuestion } from "./story.js";

type Generator = (random: Random) => BabiQuestion[];

const generators: Readonly<Partial<Record<BabiTask, Generator>>> = {
  "single-supporting-fact": singleSupportingFact,
  "two-supporting-facts": twoSupportingFacts,
  "three-supporting-facts": threeSupportingFacts,
};

/**
 * A story of one of the twenty tasks, and the questions in it, as the data set has them: one to twelve. The same random
 * numbers make the same story.
 *
 * @throws RangeError when there is no such task.
 * @example
 * const [first] = babiStory(new Random(1), "single-supporting-fact");
 */
export function babiStory(random: Random, task: BabiTask): BabiQuestion[] {
  const generator = generators[task];
  if (generator) return generator(random);
  throw new RangeError(`babiStory: the task is ${shown(task)}, and must be one of ${babiTasks.join(", ")}`);
}
