import { AttentionSeq2Seq } from "../bindings/models.js";
import { CompiledModel } from "../bindings/run.js";
import type { TraceAlignmentOptions } from "../bindings/trace.js";
import { UsageError } from "./errors.js";
import type { Saved } from "./models.js";
import { given } from "./numbers.js";
import { lettersOf, wordsOf } from "./pairs.js";
import type { TracedFlags } from "./traced.js";

/** What goes into a page that shows where a model looked. */
export interface Aligned {
  readonly model: AttentionSeq2Seq;
  readonly options: TraceAlignmentOptions;
}

/**
 * A text for a model with attention, or undefined for a model that reads rows of numbers. Where all symbols are
 * characters the text is taken by its characters, elsewhere by its words.
 *
 * @throws UsageError when there is no text, or something beside it.
 */
export function alignedFrom(
  saved: Saved | CompiledModel,
  words: readonly string[],
  { beam, input, seed, length }: TracedFlags & { beam?: number },
  file: string,
): Aligned | undefined {
  const model: unknown = saved instanceof CompiledModel ? saved : saved.model;
  if (!(model instanceof AttentionSeq2Seq)) {
    if (beam !== undefined) throw new UsageError(`${file} holds no model that searches: leave --beam out`);
    return undefined;
  }
  if (input !== undefined || seed !== undefined || length !== undefined)
    throw new UsageError(`${file} holds a model that reads a text: give it one instead of --input, --seed or --length`);
  const text = words.join(" ").trim();
  if (!text) throw new UsageError(`${file} holds a model that reads a text: give it one`);
  const { task, metadata = {} } = saved as Saved;
  return {
    model,
    options: {
      source: symbolsOf(text, model, task?.name),
      input: `“${text}”`,
      facts: { file, ...metadata },
      ...given({ beam, task: task?.name }),
    },
  };
}

/** A text as the task's own models take it; elsewhere by its characters if all symbols are, or by its words. */
function symbolsOf(text: string, { source }: AttentionSeq2Seq, task: string | undefined): string[] {
  if (task === "pronunciation") return lettersOf(text);
  if (task === "translation") return wordsOf(text);
  return source.symbols.every((symbol) => [...symbol].length === 1) ? [...text] : text.split(/\s+/);
}
