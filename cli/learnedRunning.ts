import { answerTexts, Learned, learnedIn, type LearnedMetadata } from "../bindings/learn.js";
import type { AttentionSeq2Seq } from "../bindings/models.js";
import { CompiledModel } from "../bindings/run.js";
import { answeredLines } from "./answeredLines.js";
import { withEngine } from "./engine.js";
import { UsageError } from "./errors.js";
import type { Held } from "./held.js";
import type { Runner } from "./systems/commands.js";

/** What a file says of the pairs that its model was made from, if `learn` made it. @throws UsageError when it is damaged. */
export function learnedOf({ file, metadata }: Pick<Held, "file" | "metadata">): LearnedMetadata | undefined {
  try {
    return learnedIn(metadata);
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** Answers to the lines of a text, of a model that `learn` made; undefined of any other. */
export function learnedRunner(held: Held<AttentionSeq2Seq | CompiledModel>): Runner | undefined {
  const about = learnedOf(held);
  if (!about) return undefined;
  const { model } = held;
  return {
    takesConfidence: true,
    takesGuess: true,
    async run(text, flags) {
      const lines = new TextDecoder().decode(text).split(/\r?\n/);
      const least = flags.minConfidence === undefined ? {} : { least: flags.minConfidence };
      const answers = await withEngine((engine) =>
        model instanceof CompiledModel
          ? answerTexts(model, engine, lines, least)
          : new Learned(model, about).answer(engine, lines, least),
      );
      return answeredLines(answers, flags);
    },
  };
}
