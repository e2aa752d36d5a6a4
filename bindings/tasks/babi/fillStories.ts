import { expectValue, whole } from "../../common/options.js";
import type { Layout } from "../../graph/layout.js";
import { MOST_SEQUENCES, type Batch } from "../batch.js";

/** Sizes of a memory of sentences. */
export interface StoryLimits {
  /** Sentences that are remembered: the latest ones. */
  readonly slots: number;
  /** Most words of a sentence or question. */
  readonly words: number;
}

/** A question about a story in numbers of words, from 0. */
export interface NumberedStory {
  /** Sentences, oldest first: at most as many as there are slots. */
  readonly story: readonly (readonly number[])[];
  readonly question: readonly number[];
  /** Number of the answer's word; 0 where it is not known. */
  readonly answer: number;
  /** Indices of supporting sentences in `story`, in the order in which they are needed. */
  readonly support?: readonly number[];
  /** Time words of the sentences; without them the latest sentence has 0, the one before 1, and so on. */
  readonly times?: readonly number[];
  /** 1 while attention is linear, see the task's linearSteps. Default: 0. */
  readonly linear?: number;
}

/** Sizes of a batch of stories. */
export interface StoryLayoutOptions extends StoryLimits {
  /** Whether each sentence has a time word. Default: false. */
  readonly times?: boolean;
  /** Supporting facts that a batch tells in their order. Default: 0. */
  readonly facts?: number;
}

/**
 * Batch of questions about stories. Slot i holds the i-th latest sentence: `words` numbers of words, and, with `times`,
 * that of a time word, which come behind those of the vocabulary. Slots and words that are empty hold −1. `support` is 1 for
 * each slot with a supporting sentence; `facts`, if it is asked for, holds the slots of the first supporting sentences, in
 * the order in which they are needed, and −1 where there are fewer.
 */
export const storyLayout = ({ slots, words, times = false, facts = 0 }: StoryLayoutOptions): Layout => ({
  story: ["batch", slots * (words + Number(times))],
  question: ["batch", words],
  answer: ["batch"],
  support: ["batch", slots],
  ...(facts && { facts: ["batch", facts] }),
  linear: ["batch"],
});

/** Fields of a batch that `fillStories` fills where the layout has them. */
type Name = "support" | "facts" | "linear";

/**
 * Fills a batch of this layout; its fields `support`, `facts` and `linear` may be left out. `symbols` is the number of the first
 * time word: how many words there are.
 *
 * @throws RangeError when there are no questions, or one does not fit.
 */
export function fillStories(
  batch: Batch,
  questions: readonly NumberedStory[],
  { slots, words, symbols }: StoryLimits & { readonly symbols: number },
): void {
  const count = questions.length;
  expectValue("fillStories: the number of questions", count, whole(1, { most: MOST_SEQUENCES }));
  batch.reset({}, count);
  const has = (name: Name): boolean => name in batch.layout;
  const [story, question, answers] = [batch.block("story"), batch.block("question"), batch.block("answer")];
  const width = (batch.layout["story"]![1] as number) / slots;
  story.fill(-1, 0, count * slots * width);
  question.fill(-1, 0, count * words);
  questions.forEach((asked, i) => {
    expectValue(`fillStories: sentences of question ${i}`, asked.story.length, whole(1, { most: slots }));
    const latest = asked.story.length - 1;
    asked.story.forEach((sentence, place) => {
      expectValue(`fillStories: words of a sentence of question ${i}`, sentence.length, whole(1, { most: words }));
      const slot = latest - place;
      const first = (i * slots + slot) * width;
      story.set(sentence, first);
      if (width > words) story[first + words] = symbols + (asked.times?.[place] ?? slot);
    });
    expectValue(`fillStories: words of question ${i}`, asked.question.length, whole(1, { most: words }));
    question.set(asked.question, i * words);
    answers[i] = asked.answer;
    if (has("linear")) batch.block("linear")[i] = asked.linear ?? 0;
    const support = (asked.support ?? []).map((place) => latest - place);
    if (has("support")) for (const slot of support) batch.block("support")[i * slots + slot] = 1;
    if (has("facts")) {
      const facts = batch.layout["facts"]![1] as number;
      batch.block("facts").set(
        Array.from({ length: facts }, (_, fact) => support[fact] ?? -1),
        i * facts,
      );
    }
  });
}
