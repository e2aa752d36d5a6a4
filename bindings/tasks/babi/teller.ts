import type { Random } from "../../common/random/philox.js";
import { oneOf } from "./draw.js";
import { wordsOf, type BabiQuestion } from "./story.js";

/** A question, its answer and the sentences that answer it, in the order in which they are needed. */
export type Asked = readonly [question: string, answer: string, support: readonly number[]];

/** A story as it is told, and what is asked in between. */
export class Teller {
  readonly questions: BabiQuestion[] = [];
  readonly #story: (readonly string[])[] = [];

  /** Sentences so far. */
  get length(): number {
    return this.#story.length;
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

/**
 * After every two sentences a question, if the one that comes to mind can be answered; until there are five. What was
 * told of late comes to mind more often, about as in the data set: it is the later of two.
 */
export function askAfterTwo<World extends Teller & { happen(): void }>(
  random: Random,
  world: World,
  askable: (world: World) => readonly (Asked | undefined)[],
): BabiQuestion[] {
  while (world.questions.length < QUESTIONS) {
    world.happen();
    world.happen();
    const all = askable(world);
    if (!all.length) continue;
    const [one, other] = [oneOf(random, all), oneOf(random, all)];
    const asked = one && other && lastOf(other) > lastOf(one) ? other : one;
    if (asked) world.ask(...asked);
  }
  return world.questions;
}

/** The last sentence that answers a question. */
const lastOf = ([, , support]: Asked): number => Math.max(...support);
