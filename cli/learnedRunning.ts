import { answerTexts, Learned, learnedIn, type LearnedMetadata, type TextAnswer } from "../bindings/learn.js";
import type { AttentionSeq2Seq } from "../bindings/models.js";
import { CompiledModel } from "../bindings/run.js";
import { withEngine } from "./engine.js";
import { ExitCode, UsageError } from "./errors.js";
import type { Held } from "./held.js";
import type { Runner, RunFlags, Shown } from "./systems/commands.js";
import { visible } from "./text.js";

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
    async run(text, flags) {
      const lines = new TextDecoder().decode(text).split(/\r?\n/);
      const least = flags.minConfidence === undefined ? {} : { least: flags.minConfidence };
      const answers = await withEngine((engine) =>
        model instanceof CompiledModel
          ? answerTexts(model, engine, lines, least)
          : new Learned(model, about).answer(engine, lines, least),
      );
      const [only] = answers;
      if (answers.length === 1 && only!.error && !guessOf(only!, flags)) throw only!.error;
      return shownOf(answers, flags);
    },
  };
}

const guessOf = ({ error }: TextAnswer, { guess = false }: RunFlags): string | undefined =>
  guess ? error?.guess?.answer : undefined;

/** One answer by itself; of several, a line each with its source, and why some have none on stderr. */
function shownOf(answers: readonly TextAnswer[], flags: RunFlags): Shown {
  const fields = answers.map((answer) => {
    const { source, error } = answer;
    if (!error) return { source, answer: answer.answer, confidence: answer.confidence };
    return { source, refused: error.reason, ...(error.guess && { guess: error.guess }) };
  });
  const refused = (): void => {
    answers.forEach((answer, i) => {
      if (!answer.error) return;
      const guess = guessOf(answer, flags);
      const where = answers.length > 1 ? `line ${i + 1}: ` : "";
      console.error(
        guess === undefined
          ? `error: ${where}${answer.error.message}`
          : `note: ${where}a guess, since ${answer.error.reason}`,
      );
      if (guess === undefined) process.exitCode = ExitCode.failed;
    });
  };
  const width = Math.min(40, Math.max(...answers.map(({ source }) => visible(source).length)));
  return {
    json: answers.length === 1 ? fields[0]! : { answers: fields },
    say() {
      for (const answer of answers) {
        const said = answer.answer ?? guessOf(answer, flags) ?? "–";
        const from = answers.length > 1 ? `${visible(answer.source).padEnd(width)}  ` : "";
        console.log(`${from}${visible(said)}`);
      }
      refused();
    },
  };
}
