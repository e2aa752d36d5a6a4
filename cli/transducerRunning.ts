import type { Engine } from "../bindings/full.js";
import { UnsureError } from "../bindings/tasks.js";
import { answeredLines } from "./answeredLines.js";
import type { AnsweredText } from "./answeredText.js";
import { answersTo, type Answered } from "./answering.js";
import { calibrationOf } from "./calibrating.js";
import { withEngine } from "./engine.js";
import { UsageError } from "./errors.js";
import type { Held } from "./held.js";
import type { Runner } from "./systems/commands.js";
import type { Transducer } from "./taskViews/view.js";
import type { Transduction } from "./transducing.js";

/** How a line becomes symbols, and symbols a text. */
export type Lines = Pick<Transducer, "beam" | "sources" | "symbols" | "parts" | "say" | "answer">;

/** Answers to the lines of a text, of any model that turns symbols into symbols. */
export const transducerRunner = (held: Held, transduction: Transduction, transducer: Lines): Runner => ({
  takesConfidence: true,
  takesGuess: true,
  async run(text, flags) {
    const { minConfidence: least } = flags;
    if (least !== undefined && !calibrationOf(held))
      throw new UsageError(`${held.file} does not tell how sure it is: \`tapehead calibrate\` measures that`);
    const sources = new TextDecoder().decode(text).split(/\r?\n/).flatMap(transducer.sources);
    if (!sources.length)
      throw new UsageError("There is nothing to read: give it as an argument, or pipe it in, a line each");
    const answers = await withEngine((engine) =>
      answeredSources(engine, sources, held, transduction, transducer, least),
    );
    return answeredLines(answers, flags);
  },
});

/** Answers to sources, or why there is none. `least` is how sure an answer must be. Default: as the model's calibration has it. */
export function answeredSources(
  engine: Engine,
  sources: readonly string[],
  held: Held,
  transduction: Transduction,
  transducer: Lines,
  least?: number,
): readonly AnsweredText[] {
  const search = { beam: transducer.beam };
  const answering = { transducer, transduction, search, calibration: calibrationOf(held), least, parts: {} };
  return answersTo(engine, sources, answering).map((answer, i) => lineOf(sources[i]!, answer));
}

function lineOf(source: string, answer: Answered | UnsureError): AnsweredText {
  if (answer instanceof UnsureError) return { source, error: answer };
  const { text, confidence, note, unknown } = answer;
  const unseen = unknown.length ? `the model has never seen ${unknown.join(" ")}, and guesses around it` : undefined;
  return { source, answer: text, confidence, note: note ?? unseen };
}
