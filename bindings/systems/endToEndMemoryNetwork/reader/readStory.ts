import { shown } from "../../../common/shown.js";
import { expectPossible } from "./expectPossible.js";
import { questionKindOf, slotsOf } from "./questionKindOf.js";
import { sentenceKinds, type SentenceKind } from "./sentenceKinds.js";
import type { QuestionKind } from "./questionKinds.js";
import { StoryError } from "./storyError.js";

/** A sentence of a story. */
export interface ReadSentence {
  /** As it is written. */
  readonly text: string;
  /** In lower case, without the marks between them. */
  readonly words: readonly string[];
  readonly kind: SentenceKind;
  /** People, places and things in it, and all else that stands in braces in its pattern; in their order. */
  readonly slots: readonly string[];
}

/** A question, and the kind that it is of. */
export interface ReadQuestion extends Omit<ReadSentence, "kind"> {
  readonly kind: QuestionKind;
}

/** A story and a question about it. */
export interface ReadStory {
  /** Oldest first. */
  readonly sentences: readonly ReadSentence[];
  readonly question: ReadQuestion;
}

/** What reading has to know of a model. */
export interface StoryReader {
  /** Most sentences that it remembers, and words of a sentence. */
  readonly options: { readonly slots: number; readonly words: number };
  readonly vocabulary: {
    /** A number for each word that it knows. */
    numberOf(word: string): number | undefined;
  };
}

/**
 * A story and a question in plain English, each sentence of one of the kinds that the twenty tasks have, and the story with
 * all that an answer needs.
 *
 * @throws StoryError when a word is unknown, a sentence or the question is of no known kind, or the story does not tell
 * what is asked for.
 */
export function readStory(reader: StoryReader, story: string, question: string): ReadStory {
  const texts = sentencesOf(story);
  if (!texts.length) {
    throw new StoryError(
      story.trim()
        ? `The story is ${shown(story)}, and has no sentence`
        : 'The story is empty, and must have sentences, as "Mary went to the garden."',
    );
  }
  const asked = sentencesOf(question);
  if (asked.length !== 1) {
    throw new StoryError(`The question is ${shown(question)}, and must be one sentence, as "Where is Mary?"`);
  }
  const read = readQuestion(reader, asked[0]!);
  let among = read.kind.among;
  const sentences = texts.map((text, i): ReadSentence => {
    const sentence = readSentence(reader, text, i);
    among = among.filter((kinds) => kinds.includes(sentence.kind));
    if (among.length) return sentence;
    throw new StoryError(
      `Sentence ${i + 1}, ${shown(text)}, is of a kind that the model has not seen with this question and the sentences before`,
      sentence.words,
    );
  });
  expectPronouns(sentences);
  expectPossible(sentences);
  const kept = remembered(reader, sentences, read);
  expectTold(kept, read);
  return { sentences, question: read };
}

/** Sentences, the last of a story, to which training kept what it asked about. */
const OF_LATE = 5;

/** Texts between full stops, question marks, exclamation marks and line breaks. */
const sentencesOf = (text: string): string[] =>
  (text.match(/[^.!?\r\n]+[.!?]*/gu) ?? []).map((each) => each.trim()).filter((each) => /[\p{L}\p{N}]/u.test(each));

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s.,?!]+/u)
    .filter(Boolean);

function expectKnown({ vocabulary, options }: StoryReader, all: readonly string[], where: string): void {
  const unknown = [...new Set(all.filter((word) => !vocabulary.numberOf(word)))];
  if (unknown.length) {
    const listed = unknown.slice(0, 5).map(shown).join(", ");
    throw new StoryError(`${where} has ${listed}, which the model does not know`, unknown);
  }
  if (all.length > options.words) {
    throw new StoryError(`${where} has ${all.length} words, and must have at most ${options.words}`);
  }
}

function readQuestion(reader: StoryReader, text: string): ReadQuestion {
  const asked = wordsIn(text);
  expectKnown(reader, asked, `The question ${shown(text)}`);
  const found = questionKindOf(asked);
  if (found) return { text, words: asked, ...found };
  const some = '"where is Mary?", "is Mary in the kitchen?" or "what is Mary carrying?"';
  throw new StoryError(`The question ${shown(text)} is of no kind that the model has learned, such as ${some}`, asked);
}

function readSentence(reader: StoryReader, text: string, i: number): ReadSentence {
  const told = wordsIn(text);
  const where = `Sentence ${i + 1}, ${shown(text)},`;
  expectKnown(reader, told, where);
  for (const kind of Object.keys(sentenceKinds) as SentenceKind[]) {
    const slots = slotsOf(sentenceKinds[kind], told);
    if (slots) return { text, words: told, kind, slots };
  }
  throw new StoryError(`${where} is of no kind that the model has learned`, told);
}

/** @throws StoryError unless, in a story with pronouns, each sentence that names somebody is followed by one with a pronoun. */
function expectPronouns(sentences: readonly ReadSentence[]): void {
  const isPronoun = ({ kind }: ReadSentence): boolean => kind in NAMED;
  if (!sentences.some(isPronoun)) return;
  sentences.forEach((sentence, i) => {
    const { text, words: all, kind } = sentence;
    const before = sentences[i - 1];
    const after = sentences[i + 1];
    if (isPronoun(sentence)) {
      if (before?.kind === NAMED[kind as keyof typeof NAMED]) return;
      const pronoun = all.find((word) => ["he", "she", "they"].includes(word))!;
      throw new StoryError(
        `Sentence ${i + 1}, ${shown(text)}, does not come after one that tells who "${pronoun}" is`,
        [pronoun],
      );
    }
    if (after && isPronoun(after)) return;
    throw new StoryError(
      `Sentence ${i + 1}, ${shown(text)}, is not followed by one that says he, she or they: the model has learned ` +
        "stories in which each is, or none",
      all,
    );
  });
}

/** The kinds of sentences that name those of whom the next one speaks. */
const NAMED = { "pronoun's move": "move", "pair's pronoun": "pair's move" } as const;

/** The sentences that the model remembers. @throws StoryError where one that it does not could matter. */
function remembered(
  { options: { slots } }: StoryReader,
  sentences: readonly ReadSentence[],
  { kind: { isLast }, text }: ReadQuestion,
): readonly ReadSentence[] {
  if (sentences.length <= slots) return sentences;
  if (isLast) return sentences.slice(-slots);
  throw new StoryError(
    `The story has ${sentences.length} sentences, of which the model remembers the last ${slots}, and for ` +
      `${shown(text)} all count: leave out what does not matter`,
  );
}

/** @throws StoryError where a sentence that the answer needs is not among these. */
function expectTold(sentences: readonly ReadSentence[], { kind, slots, text }: ReadQuestion): void {
  kind.told.forEach((kinds, i) => {
    const slot = slots[i]!;
    if (!kinds.length || sentences.some((each) => kinds.includes(each.kind) && each.slots.includes(slot))) return;
    const isThere = sentences.some((each) => each.slots.includes(slot));
    const what = isThere ? "nothing that answers" : "nothing of it";
    throw new StoryError(`The question ${shown(text)} is about "${slot}", and the story tells ${what}`, [slot]);
  });
  const first = kind.told.findIndex(({ length }) => length);
  const about = slots[first]!;
  const isAbout = (each: ReadSentence): boolean => kind.told[first]!.includes(each.kind) && each.slots.includes(about);
  if (kind.isOfLate && !sentences.slice(-OF_LATE).some(isAbout)) {
    const since = sentences.length - sentences.findLastIndex(isAbout);
    throw new StoryError(
      `The question ${shown(text)} is about "${about}", of which the story tells ${since} sentences before its end last, and ` +
        `the model has learned to look for it in the last ${OF_LATE}: leave out what comes behind it and does not matter`,
      [about],
    );
  }
  const lack = kind.premise?.(sentences, slots);
  if (lack !== undefined) throw new StoryError(`The story ${lack}`, slots);
}
