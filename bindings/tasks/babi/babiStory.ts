import { expectValue, whole } from "../../common/options.js";
import type { Random } from "../../common/random/philox.js";
import { shown } from "../../common/shown.js";
import { babiTasks, type BabiTask } from "./babiTasks.js";
import { counting, listsSets } from "./carrying.js";
import { pathFinding, twoArgRelations } from "./directions.js";
import { singleSupportingFact, threeSupportingFacts, twoSupportingFacts, yesNoQuestions } from "./facts.js";
import { threeArgRelations } from "./giving.js";
import { indefiniteKnowledge, simpleNegation } from "./knowledge.js";
import { agentsMotivations } from "./motivations.js";
import { positionalReasoning } from "./shapes.js";
import { sizeReasoning } from "./sizes.js";
import { basicDeduction, basicInduction } from "./species.js";
import type { BabiQuestion } from "./story.js";
import { timeReasoning } from "./times.js";
import { basicCoreference, compoundCoreference, conjunction } from "./walks.js";

type StoryGenerator = (random: Random) => BabiQuestion[];

const generators: Readonly<Record<BabiTask, StoryGenerator>> = {
  "single-supporting-fact": singleSupportingFact,
  "two-supporting-facts": twoSupportingFacts,
  "three-supporting-facts": threeSupportingFacts,
  "two-arg-relations": twoArgRelations,
  "three-arg-relations": threeArgRelations,
  "yes-no-questions": yesNoQuestions,
  counting,
  "lists-sets": listsSets,
  "simple-negation": simpleNegation,
  "indefinite-knowledge": indefiniteKnowledge,
  "basic-coreference": basicCoreference,
  conjunction,
  "compound-coreference": compoundCoreference,
  "time-reasoning": timeReasoning,
  "basic-deduction": basicDeduction,
  "basic-induction": basicInduction,
  "positional-reasoning": positionalReasoning,
  "size-reasoning": sizeReasoning,
  "path-finding": pathFinding,
  "agents-motivations": agentsMotivations,
};

/**
 * A story of one of the twenty tasks, and its questions, oldest first: five of most tasks, from one to twelve. Weston et
 * al. 2015, arXiv:1502.05698; sentences are worded as in the data set. The same random numbers make the same story.
 *
 * @throws RangeError when there is no such task.
 * @example
 * const [first] = babiStory(new Random(1), "single-supporting-fact");
 */
export const babiStory = (random: Random, task: BabiTask): BabiQuestion[] => generatorOf("babiStory", task)(random);

/**
 * So many questions of one of the twenty tasks, story after story; the last story may have had more.
 *
 * @throws RangeError when there is no such task, or the count is no whole number from 0 up.
 * @example
 * const questions = babiQuestions(new Random(1), "path-finding", 1000);
 */
export function babiQuestions(random: Random, task: BabiTask, count: number): BabiQuestion[] {
  const generator = generatorOf("babiQuestions", task);
  expectValue("babiQuestions: the count", count, whole(0));
  const questions: BabiQuestion[] = [];
  while (questions.length < count) questions.push(...generator(random));
  return questions.slice(0, count);
}

function generatorOf(of: string, task: BabiTask): StoryGenerator {
  if (Object.hasOwn(generators, task)) return generators[task];
  throw new RangeError(`${of}: the task is ${shown(task)}, and must be one of ${babiTasks.join(", ")}`);
}
