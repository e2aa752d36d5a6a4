import type { BabiQuestion } from "./story.js";
import { wordsOf } from "./story.js";

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
  ask(question: string, answer: string, support: readonly number[]): void {
    this.questions.push({ story: [...this.#story], question: wordsOf(question), answer, support });
  }
}
