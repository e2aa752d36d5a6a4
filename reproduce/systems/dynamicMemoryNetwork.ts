import type { Engine } from "../../bindings/core.js";
import { DynamicMemoryNetwork } from "../../bindings/models.js";
import type { Asking } from "../../recipes/endToEndMemoryNetwork.js";
import { askedOf, errorsOf, findsFacts, type AskedTasks } from "../storyErrors.js";
import type { Measured, System } from "../system.js";

/**
 * The part of the questions of each task, as "marked 1", whose supporting facts the gates find. Questions with words that
 * the model does not know count as not found.
 */
function marked(engine: Engine, model: DynamicMemoryNetwork, asked: AskedTasks): Measured {
  const { vocabulary, options } = model;
  const isRead = (words: readonly string[]): boolean =>
    words.length <= options.words && words.every((word) => vocabulary.numberOf(word) !== undefined);
  const parts = [...asked].map(([number, questions]) => {
    const read = questions.filter(({ story, question }) => [...story.slice(-options.slots), question].every(isRead));
    const answers = model.answers(engine, read);
    const count = answers.filter(({ attention }, i) => findsFacts(attention, read[i]!.support)).length;
    return [`marked ${number}`, +(count / questions.length).toFixed(4)] as const;
  });
  return Object.fromEntries(parts);
}

/** Errors of each task by itself, and how many of its questions have their supporting facts found. */
export const system: System<DynamicMemoryNetwork, Asking> = {
  className: DynamicMemoryNetwork.className,
  measure(of) {
    const asked = askedOf(of);
    return { ...errorsOf(of.engine, of.model, asked), ...marked(of.engine, of.model, asked) };
  },
};
