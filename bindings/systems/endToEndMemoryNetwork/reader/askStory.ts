import { naturalLogarithm } from "../../../common/naturalLogarithm.js";
import type { Engine } from "../../../engine/engine.js";
import { expectSure } from "../../../metrics/unsureError.js";
import { readStory, type StoryReader } from "./readStory.js";
import type { StoryCalibration } from "./storyCalibration.js";

/** A network that answers questions about stories, such as an EndToEndMemoryNetwork. */
export interface StoryModel extends StoryReader {
  /** The likeliest answer, its probability, what each hop reads, and how many of the first sentences it does not. */
  answer(
    engine: Engine,
    story: readonly (readonly string[])[],
    question: readonly string[],
  ): {
    readonly answer: string;
    readonly probability: number;
    readonly attention: readonly (readonly number[])[];
    readonly forgotten: number;
  };
}

/** How sure an answer must be. */
export interface StoryOptions {
  /** How often the model's answers are right, by their probability: `storyCalibrationIn` reads it from a file's metadata. */
  readonly calibration?: StoryCalibration | undefined;
  /** How often an answer like it must be right, from 0 to 1. Default: what the calibration says. */
  readonly least?: number | undefined;
}

/** An answer about a story, and where the model looked. */
export interface StoryReply {
  /** One word; several answers are joined by commas, as in "apple,milk". */
  readonly answer: string;
  readonly probability: number;
  /** How often an answer of this probability is right, from 0 to 1; null where the model is not calibrated. */
  readonly confidence: number | null;
  /** Sentences as they are written, oldest first. */
  readonly sentences: readonly string[];
  /** For each hop how much of it reads each sentence. What is left of 1 reads memories that are empty. */
  readonly attention: readonly (readonly number[])[];
  /** How many of the first sentences were not read: what was told after them made up for them. */
  readonly forgotten: number;
}

/**
 * Answer to a question about a story, both in plain English of the twenty tasks of Weston et al. 2015, arXiv:1502.05698, as
 * far as the model knows their words. The model answers; what it cannot know is refused.
 *
 * @throws StoryError when the story or the question is not understood, or the story does not tell what is asked for;
 * UnsureError when the answer is not sure enough.
 * @example
 * const { model, metadata } = loadCheckpoint(bytes, { models });
 * const story = "Mary took the milk. Mary went to the garden.";
 * const { answer } = askStory(engine, model, story, "Where is the milk?", { calibration: storyCalibrationIn(metadata) });
 */
export function askStory(
  engine: Engine,
  model: StoryModel,
  story: string,
  question: string,
  { calibration, least }: StoryOptions = {},
): StoryReply {
  const { sentences, question: asked } = readStory(model, story, question);
  const told = sentences.map(({ words }) => words);
  const said = model.answer(engine, told, asked.words);
  const { answer, probability } = said;
  const scored = { source: asked.text, answer, score: naturalLogarithm(probability) };
  const ofKind = calibration?.kinds[asked.kind.pattern] ?? calibration?.all;
  const confidence = ofKind ? expectSure(ofKind, scored, least === undefined ? {} : { least }) : null;
  return { ...said, confidence, sentences: sentences.map(({ text }) => text) };
}
