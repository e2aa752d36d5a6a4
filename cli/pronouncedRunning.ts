import { pronounceWords } from "../bindings/pronounce.js";
import { CompiledModel } from "../bindings/run.js";
import { answeredLines } from "./answeredLines.js";
import { withEngine } from "./engine.js";
import { UsageError } from "./errors.js";
import type { Held } from "./held.js";
import type { Runner } from "./systems/commands.js";

/** Pronunciations of the words of a text, of a compiled model that pronounces; undefined of a saved one. */
export function pronouncedRunner({ model }: Held): Runner | undefined {
  if (!(model instanceof CompiledModel)) return undefined;
  return {
    takesConfidence: true,
    takesGuess: true,
    async run(text, flags) {
      const words = new TextDecoder().decode(text).split(/\s+/).filter(Boolean);
      if (!words.length) throw new UsageError("There is nothing to read: give it as an argument, or pipe it in");
      // As `run` reads words for the saved model: exceptions are those of the command `pronounce`.
      const options = { exceptions: false, ...(flags.minConfidence !== undefined && { least: flags.minConfidence }) };
      const answers = await withEngine((engine) => pronounceWords(model, engine, words, options));
      return answeredLines(answers, flags);
    },
  };
}
