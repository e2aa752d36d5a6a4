import type { Random } from "../../common/random/philox.js";
import { oneOf } from "./draw.js";
import { wordsOf, type BabiQuestion } from "./story.js";

/**
 * A question, its answer and the sentences that answer it, in the order in which they are needed; and the facts that bring
 * the question to mind, by default these sentences.
 */
export type Asked = readonly [question: string, answer: string, support: readonly number[], facts?: readonly number[]];

/** A story as it is told, and what is asked in between. */
export class Teller {
  readonly questions: BabiQuestion[] = [];
  readonly #story: (readonly string[])[] = [];

  /** Sentences so far. */
  get length(): number {
    return this.#story.length;
  }

  /** Facts so far: here each sentence tells one. */
  get facts(): number {
    return this.length;
  }

  /** Tells a sentence. Its index. */
  tell(sentence: string): number {
    return this.#story.push(wordsOf(sentence)) - 1;
  }

  /** Asks about all that was told so far. */
  ask(...[question, answer, support]: Asked): void {
    this.questions.push({ story: [...this.#story], question: wordsOf(question), answer, support });
  }
}

/** Questions of most stories. */
const QUESTIONS = 5;

/** The last facts of a story, one of which brings a question to mind. */
const OF_LATE = 5;

/**
 * After every two sentences a question, until there are five: one that comes to mind by one of the last five facts, each
 * of which is as likely. In the data set no question is about what was told before, and this is how often it asks after
 * how many sentences.
 */
export function askAfterTwo<World extends Teller & { happen(): void }>(
  random: Random,
  world: World,
  askable: (world: World) => readonly Asked[],
  ofLate = OF_LATE,
): BabiQuestion[] {
  while (world.questions.length < QUESTIONS) {
    world.happen();
    world.happen();
    const inMind = askable(world).flatMap((asked) => {
      const [, , support, facts = support] = asked;
      return facts.filter((fact) => fact >= world.facts - ofLate).map(() => asked);
    });
    if (inMind.length) world.ask(...oneOf(random, inMind));
  }
  return world.questions;
}
