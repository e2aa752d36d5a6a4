import type { Engine } from "../../bindings/engine/engine.js";
import type { AttentionSeq2Seq } from "../../bindings/models.js";
import type { JointSequence } from "./jointSequence.js";

/** One that says what words sound like, and how likely others' answers are. */
export interface Teacher {
  /** What each word may sound like: its answers, symbols with blanks between them. */
  answers(words: readonly (readonly string[])[]): string[][];
  /** The natural logarithms of how likely the answers are. */
  score(pairs: readonly (readonly [word: readonly string[], answer: readonly string[]])[]): number[];
}

/** A network, and the answer it finds with a beam: none where that does not end. */
export const network = (engine: Engine, model: AttentionSeq2Seq, beam: number): Teacher => ({
  answers: (words) =>
    model
      .run(engine, words, { beam })
      .map(({ symbols, ended }) => (ended && symbols.length ? [symbols.join(" ")] : [])),
  score: (pairs) => [...model.score(engine, pairs)],
});

/** Answers of a joint sequence model that are weighed: so many, and less likely than its first by no more than so many nats. */
const [JOINT_ANSWERS, WORTH] = [3, 3];

/** A joint sequence model: it offers several answers, since it finds the right one often, and not first. */
export const jointTeacher = (model: JointSequence): Teacher => ({
  answers: (words) =>
    words.map((word) => {
      const answers = model.answers(word).slice(0, JOINT_ANSWERS);
      return answers.flatMap(({ sounds, logProbability }) =>
        sounds && logProbability > answers[0]!.logProbability - WORTH ? sounds : [],
      );
    }),
  score: (pairs) => pairs.map(([word, answer]) => model.score(word, answer)),
});
