import { likeliest } from "../common/argmax.js";
import type { Vocabulary } from "../common/vocabulary.js";
import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { Executable } from "../runtime/executable.js";
import { variantOf, type Compiling, type Methods } from "../runtime/method.js";
import { fillStories, type StoryLimits } from "../tasks/babi/fillStories.js";
import { numberedQuestions, type StoryAnswer, type StoryQuestion } from "../tasks/babi/storyAnswers.js";
import { Batch } from "../tasks/batch.js";
import type { Layout } from "../graph/layout.js";

/** Questions that are answered in one call. */
const AT_ONCE = 32;

/** A model that answers with "probabilities" of its symbols and the "attention" of each reading over its memory. */
interface StoryMemory extends Compiling {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  readonly options: StoryLimits & { readonly symbols: readonly string[] };
  batchLayout(): Layout;
  methods(options: { readonly trace: readonly string[] }): Methods;
}

/** Answers questions with a model that reads a memory of sentences, the latest first. */
export class StoryRunner {
  readonly #model: StoryMemory;
  readonly #executable: Executable;

  constructor(model: StoryMemory) {
    this.#model = model;
    this.#executable = new Executable(model);
  }

  run(engine: Engine, questions: readonly StoryQuestion[]): StoryAnswer[] {
    const model = this.#model;
    const { slots, words, symbols } = model.options;
    expectEngine(`${model.name}.answer`, engine);
    const numbered = numberedQuestions(model, questions);
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
