import { shown } from "../../common/shown.js";
import type { Vocabulary } from "../../common/vocabulary.js";
import type { NumberedStory, StoryLimits } from "./fillStories.js";
import type { BabiQuestion } from "./story.js";

/** What stories are put into numbers for. */
export interface Numbering extends StoryLimits {
  readonly vocabulary: Vocabulary;
  /** Names the question in messages. */
  readonly owner: string;
}

/** A question, of which only learning needs the answer. */
export type AskedStory = Pick<BabiQuestion, "story" | "question"> & Partial<BabiQuestion>;

/**
 * The words of a story and of a question as numbers from 0. Of a story that is longer than the memory, the latest
 * sentences.
 *
 * @throws RangeError when there is no sentence or a sentence without words, one has too many, or a word or the answer is
 * not in the vocabulary: the message names it. TypeError when the story is no array.
 */
export function numbersOf(
  { story, question, answer, support = [] }: AskedStory,
  { vocabulary, slots, words, owner }: Numbering,
): NumberedStory {
  if (!Array.isArray(story))
    throw new TypeError(`${owner}: the story is ${shown(story)}, and must be an array of sentences`);
  if (!story.length) throw new RangeError(`${owner}: the story has no sentence, and must have at least one`);
  const numberOf = (word: string, what: string): number => {
    const number = vocabulary.numberOf(word);
    if (number) return number - 1;
    throw new RangeError(
      `${owner}: ${what} ${shown(word)} is not in the vocabulary, which has ${vocabulary.size - 1} words`,
    );
  };
  const numbers = (sentence: readonly string[], what: string): number[] => {
    if (Array.isArray(sentence) && sentence.length && sentence.length <= words) {
      return sentence.map((word) => numberOf(word, `${what}'s word`));
    }
    const { length } = Array.isArray(sentence) ? sentence : [];
    throw new RangeError(`${owner}: ${what} has ${length} words, and must have 1 to ${words}`);
  };
  const forgotten = Math.max(0, story.length - slots);
  return {
    story: story.slice(forgotten).map((sentence, i) => numbers(sentence, `sentence ${forgotten + i + 1}`)),
    question: numbers(question, "the question"),
    answer: answer === undefined ? 0 : numberOf(answer, "the answer"),
    support: support.map((place) => place - forgotten).filter((place) => place >= 0),
  };
}
