import { likeliest } from "../../common/argmax.js";
import { shown } from "../../common/shown.js";
import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import { Executable } from "../../runtime/executable.js";
import { variantOf } from "../../runtime/method.js";
import { fillStories } from "../../tasks/babi/fillStories.js";
import { numbersOf } from "../../tasks/babi/numbersOf.js";
import { wordsOf } from "../../tasks/babi/story.js";
import { Batch } from "../../tasks/batch.js";
import type { EndToEndMemoryNetwork } from "./endToEndMemoryNetwork.js";

/** A text, of which case and punctuation do not count, or its words. */
export type Sentence = string | readonly string[];

/** A question, and the story that it is about. */
export interface StoryQuestion {
  /** Sentences, oldest first. */
  readonly story: readonly Sentence[];
  readonly question: Sentence;
}

/** A word that answers a question about a story. */
export interface StoryAnswer {
  /** A word of the vocabulary; several answers are one, joined by commas. */
  readonly answer: string;
  readonly probability: number;
  /** For each hop how much of it reads each sentence of the story. What is left of 1 reads memories that are empty. */
  readonly attention: readonly (readonly number[])[];
  /** How many of the first sentences were not read, since the story is longer than the memory. */
  readonly forgotten: number;
}

/** Questions that are answered in one call. */
const AT_ONCE = 32;

/** Answers questions with an EndToEndMemoryNetwork. */
export class StoryRunner {
  readonly #model: EndToEndMemoryNetwork;
  readonly #executable: Executable;

  constructor(model: EndToEndMemoryNetwork) {
    this.#model = model;
    this.#executable = new Executable(model);
  }

  run(engine: Engine, questions: readonly StoryQuestion[]): StoryAnswer[] {
    const model = this.#model;
    const { slots, words, symbols } = model.options;
    expectEngine(`${model.name}.answer`, engine);
    const numbered = questions.map(({ story, question }, i) => {
      const owner = questions.length > 1 ? `${model.name}.answers: question ${i}` : `${model.name}.answer`;
      if (!Array.isArray(story)) {
        throw new TypeError(`${owner}: the story is ${shown(story)}, and must be an array of sentences`);
      }
      const asked = { story: story.map(wordsIn), question: wordsIn(question) };
      return numbersOf(asked, { vocabulary: model.vocabulary, slots, words, owner });
    });
    const batch = new Batch(model.batchLayout());
    const variant = variantOf(model, "answer", model.methods({ trace: [] })["answer"]!);
    const answers: StoryAnswer[] = [];
    for (let begin = 0; begin < numbered.length; begin += AT_ONCE) {
      const group = numbered.slice(begin, begin + AT_ONCE);
      fillStories(batch, group, { slots, words, symbols: symbols.length });
      const outputs = this.#executable.run(engine, variant, batch);
      group.forEach(({ story: { length } }, i) => {
        const forgotten = questions[begin + i]!.story.length - length;
        const [word, probability] = likeliest(outputs.of("probabilities", i).data);
        const { data } = outputs.of("attention", i);
        answers.push({
          answer: symbols[word]!,
          probability,
          attention: Array.from({ length: data.length / slots }, (_, hop) => [
            ...Array<number>(forgotten).fill(0),
            ...data.subarray(hop * slots, hop * slots + length).toReversed(),
          ]),
          forgotten,
        });
      });
    }
    return answers;
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }
}

/** The words of a sentence. @throws TypeError unless it is a text or a list of texts. */
function wordsIn(sentence: Sentence): readonly string[] {
  if (Array.isArray(sentence)) return sentence as readonly string[];
  return wordsOf(sentence as string);
}
