import { shown } from "../../common/shown.js";
import type { Vocabulary } from "../../common/vocabulary.js";
import type { NumberedStory, StoryLimits } from "./fillStories.js";
import { numbersOf } from "./numbersOf.js";
import { wordsOf } from "./story.js";

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
  /** For each hop or episode how much of it reads each sentence of the story. */
  readonly attention: readonly (readonly number[])[];
  /** How many of the first sentences were not read, since the story is longer than the memory. */
  readonly forgotten: number;
}

/** A model that answers questions about stories, as far as their numbers need it. */
interface StoryReader {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  readonly options: StoryLimits;
}

/** The numbers of questions' words. @throws RangeError, TypeError as numbersOf does, with the number of the question. */
export function numberedQuestions(model: StoryReader, questions: readonly StoryQuestion[]): NumberedStory[] {
  const { slots, words } = model.options;
  return questions.map(({ story, question }, i) => {
    const owner = questions.length > 1 ? `${model.name}.answers: question ${i}` : `${model.name}.answer`;
    if (!Array.isArray(story)) {
      throw new TypeError(`${owner}: the story is ${shown(story)}, and must be an array of sentences`);
    }
    const asked = { story: story.map(wordsIn), question: wordsIn(question) };
    return numbersOf(asked, { vocabulary: model.vocabulary, slots, words, owner });
  });
}

/** The words of a sentence. @throws TypeError unless it is a text or a list of texts. */
function wordsIn(sentence: Sentence): readonly string[] {
  if (Array.isArray(sentence)) return sentence as readonly string[];
  return wordsOf(sentence as string);
}
