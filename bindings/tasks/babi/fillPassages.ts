import { expectValue, whole } from "../../common/options.js";
import type { Layout } from "../../graph/layout.js";
import { MOST_SEQUENCES, type Batch } from "../batch.js";
import type { NumberedStory } from "./fillStories.js";

/** Choices of a batch of passages. */
export interface PassageLayoutOptions {
  /** Most words of a sentence, where each sentence has places of its own. Default: a story is one text. */
  readonly words?: number;
  /** Passes over the story that are told which supporting facts they should read. Default: 0. */
  readonly facts?: number;
}

/**
 * Batch of questions about stories that are read word by word, oldest sentence first; as long as its longest.
 *
 * - `text` (words, batch): the numbers of all words of a story, one behind the other; `ends` (sentences, batch): the place
 *   in it of each sentence's last word. With `words`, instead of both, `sentences` (sentences, batch, words).
 * - `told` (sentences, batch): 1 for each sentence; `count` (batch): how many there are.
 * - `question` (asked, batch), `questionEnd` (batch): its words, and the place of the last.
 * - `facts` (sentences, batch, facts): 1 where the i-th pass should read the sentence, which is the i-th supporting fact;
 *   those for which there is no pass are the last one's.
 *
 * Places without word or sentence hold −1; those of `told` and `facts` hold 0.
 */
export const passageLayout = ({ words = 0, facts = 0 }: PassageLayoutOptions): Layout => ({
  ...(words
    ? { sentences: ["sentences", "batch", words] }
    : { text: ["words", "batch"], ends: ["sentences", "batch"] }),
  told: ["sentences", "batch"],
  count: ["batch"],
  question: ["asked", "batch"],
  questionEnd: ["batch"],
  answer: ["batch"],
  ...(facts && { facts: ["sentences", "batch", facts] }),
});

/**
 * Fills a batch of this layout.
 *
 * @throws RangeError when there are no questions, or a story, sentence or question is empty.
 */
export function fillPassages(batch: Batch, questions: readonly NumberedStory[]): void {
  const count = questions.length;
  expectValue("fillPassages: the number of questions", count, whole(1, { most: MOST_SEQUENCES }));
  questions.forEach(({ story, question }, i) => {
    expectValue(`fillPassages: sentences of question ${i}`, story.length, whole(1));
    for (const { length } of story) expectValue(`fillPassages: words of a sentence of question ${i}`, length, whole(1));
    expectValue(`fillPassages: words of question ${i}`, question.length, whole(1));
  });
  const longest = (lengths: readonly number[]): number => Math.max(...lengths);
  const sentences = longest(questions.map(({ story }) => story.length));
  const asked = longest(questions.map(({ question }) => question.length));
  const words = longest(questions.map(lengthOf));
  batch.reset({ sentences, asked, words }, count);
  for (const name of ["text", "ends", "sentences", "question"]) if (name in batch.layout) batch.block(name).fill(-1);
  questions.forEach((each, i) => fill(batch, each, i));
}

/** Words of a story. */
export const lengthOf = ({ story }: NumberedStory): number => story.reduce((sum, { length }) => sum + length, 0);

function fill(batch: Batch, { story, question, answer, support = [] }: NumberedStory, i: number): void {
  const { count, layout } = batch;
  const block = (name: string): Float32Array => batch.block(name);
  const width = (layout["sentences"]?.[2] ?? 0) as number;
  let place = 0;
  story.forEach((sentence, s) => {
    block("told")[s * count + i] = 1;
    if (width) block("sentences").set(sentence, (s * count + i) * width);
    else {
      for (const word of sentence) block("text")[place++ * count + i] = word;
      block("ends")[s * count + i] = place - 1;
    }
  });
  block("count")[i] = story.length;
  question.forEach((word, w) => (block("question")[w * count + i] = word));
  block("questionEnd")[i] = question.length - 1;
  block("answer")[i] = answer;
  const passes = (layout["facts"]?.[2] ?? 0) as number;
  if (!passes) return;
  support.forEach((s, fact) => (block("facts")[(s * count + i) * passes + Math.min(fact, passes - 1)] = 1));
}
