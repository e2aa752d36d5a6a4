import { expectOptions } from "../common/options.js";
import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import type { Learned } from "./learned.js";
import { Learning } from "./learning.js";
import { lessonOf } from "./lesson.js";
import { checkLearnOptions, expectPairs, type LearnOptions } from "./options.js";
import type { LearningReport } from "./report.js";
import { sizeFor } from "./sizing.js";
import type { TextPair } from "./splitting.js";

/**
 * Learns to turn texts into texts, from pairs alone: looks at what they are made of, holds some sources out, chooses a
 * size, trains until held-out sources are answered no better, calibrates on them how often answers are right, and
 * reports on sources that nothing has seen. A pair with an empty target says that its source is to be refused; where a
 * source has several targets, each of them is right.
 *
 * The engine must have the kernels of every model: that of `tapehead/full` or, with all cores, of `tapehead/threads`.
 *
 * @throws RangeError, TypeError when pairs or options are out of range, or what to resume is of others; NotFiniteError
 * when training diverges.
 * @example
 * const learned = await learn(engine, pairs); // [["XIV", "14"], ["XV", "15"], …]
 * const [{ answer, confidence, error }] = learned.answer(engine, ["MCMXCIV"]);
 * await writeFile("roman.safetensors", learned.save());
 */
export async function learn(
  engine: Engine,
  pairs: readonly TextPair[],
  options: LearnOptions = {},
): Promise<Learned & { readonly report: LearningReport }> {
  expectEngine("learn", engine);
  expectOptions("learn", options);
  const { seed, precision, steps, hiddenSize } = checkLearnOptions(options);
  expectPairs("pairs", pairs);
  const lesson = lessonOf(pairs, seed, options);
  const { onStart, onStep, onSave, signal, resume } = options;
  const size = { ...sizeFor(lesson.pairs.length), ...(steps && { steps }), ...(hiddenSize && { hiddenSize }) };
  const learning = new Learning(engine, lesson, {
    ...{ size, seed, precision },
    ...(onStart && { onStart }),
    ...(onStep && { onStep }),
    ...(onSave && { onSave }),
    ...(signal && { signal }),
    ...(resume && { resume }),
  });
  return (await learning.run()) as Learned & { readonly report: LearningReport };
}
