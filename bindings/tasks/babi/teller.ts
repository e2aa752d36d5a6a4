import type { BabiQuestion } from "./story.js";
import { wordsOf } from "./story.js";

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

/** After every two sentences a question, if one that can be answered comes to mind; until there are five. */
export function askAfterTwo<World extends Teller & { happen(): void }>(
  world: World,
  find: (world: World) => Asked | undefined,
): BabiQuestion[] {
  while (world.questions.length < QUESTIONS) {
    world.happen();
    world.happen();
    const asked = find(world);
    if (asked) world.ask(...asked);
  }
  return world.questions;
}
