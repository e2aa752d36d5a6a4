import { questionKinds, type QuestionKind } from "./questionKinds.js";
import { words } from "./sentenceKinds.js";

/** Compiled patterns, by their texts. */
let compiled: Map<string, RegExp> | undefined;

/** Words that a pattern's braces stand for, in their order; undefined where it does not fit. */
export function slotsOf(pattern: string, all: readonly string[]): string[] | undefined {
  compiled ??= new Map();
  let regular = compiled.get(pattern);
  if (!regular) {
    const source = pattern
      .replace(/\((?!\?)/g, "(?:")
      .replace(/\{(\w+)\}/g, (_, name: string) => `(${words[name]!.join("|")})`);
    compiled.set(pattern, (regular = new RegExp(`^(?:${source})$`)));
  }
  return regular
    .exec(all.join(" "))
    ?.slice(1)
    .filter((slot) => slot !== undefined);
}

/** The kind of a question, in words, and what stands in the braces of its pattern; undefined where it is of none. */
export function questionKindOf(
  asked: readonly string[],
): { readonly kind: QuestionKind; readonly slots: readonly string[] } | undefined {
  for (const kind of questionKinds()) {
    const slots = slotsOf(kind.pattern, asked);
    if (slots) return { kind, slots };
  }
  return undefined;
}
