import { likeliest } from "../../common/argmax.js";
import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import { Executable } from "../../runtime/executable.js";
import { variantOf } from "../../runtime/method.js";
import { fillPassages, lengthOf } from "../../tasks/babi/fillPassages.js";
import { numberedQuestions, type StoryAnswer, type StoryQuestion } from "../../tasks/babi/storyAnswers.js";
import { Batch } from "../../tasks/batch.js";
import type { DynamicMemoryNetwork } from "./dynamicMemoryNetwork.js";

/** Questions that are answered in one call. */
const AT_ONCE = 32;

/** Answers questions with a DynamicMemoryNetwork. */
export class PassageRunner {
  readonly #model: DynamicMemoryNetwork;
  readonly #executable: Executable;

  constructor(model: DynamicMemoryNetwork) {
    this.#model = model;
    this.#executable = new Executable(model);
  }

  /** Questions of like length go into one call, so that little of it is padding. */
  run(engine: Engine, questions: readonly StoryQuestion[]): StoryAnswer[] {
    const model = this.#model;
    expectEngine(`${model.name}.answer`, engine);
    const { symbols, episodes } = model.options;
    const numbered = numberedQuestions(model, questions).map((asked, place) => ({ asked, place }));
    numbered.sort((a, b) => lengthOf(a.asked) - lengthOf(b.asked));
    const batch = new Batch(model.batchLayout());
    const variant = variantOf(model, "answer", model.methods({ trace: [] })["answer"]!);
    const answers: StoryAnswer[] = [];
    for (let begin = 0; begin < numbered.length; begin += AT_ONCE) {
      const group = numbered.slice(begin, begin + AT_ONCE);
      fillPassages(
        batch,
        group.map(({ asked }) => asked),
      );
      const outputs = this.#executable.run(engine, variant, batch);
      group.forEach(({ asked: { story }, place }, i) => {
        const forgotten = questions[place]!.story.length - story.length;
        const [word, probability] = likeliest(outputs.of("probabilities", i).data);
        const { data } = outputs.of("attention", i, story.length);
        answers[place] = {
          answer: symbols[word]!,
          probability,
          attention: Array.from({ length: episodes }, (_, episode) => [
            ...Array<number>(forgotten).fill(0),
            ...Array.from(story, (_, sentence) => data[sentence * episodes + episode]!),
          ]),
          forgotten,
        };
      });
    }
    return answers;
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }
}
