import type { Engine } from "../../bindings/core.js";
import { DynamicMemoryNetwork } from "../../bindings/models.js";
import type { BabiQuestion } from "../../bindings/tasks.js";
import type { Asking } from "../../recipes/endToEndMemoryNetwork.js";
import { askedOf, errorsOf, type AskedTasks } from "../storyErrors.js";
import type { Measured, System } from "../system.js";

/**
 * The part of the questions of each task, as "marked 1", in which every episode that has a supporting fact opens its widest
 * gate for it: the first for the first, and so on; the last episode for any of those that are left. Questions without
 * supporting facts in the memory, or with words that the model does not know, count as not marked.
 */
function marked(engine: Engine, model: DynamicMemoryNetwork, asked: AskedTasks): Measured {
  const { vocabulary, options } = model;
  const isRead = (words: readonly string[]): boolean =>
    words.length <= options.words && words.every((word) => vocabulary.numberOf(word) !== undefined);
  const parts = [...asked].map(([number, questions]) => {
    const read = questions.filter(({ story, question }) => [...story.slice(-options.slots), question].every(isRead));
    const answers = model.answers(engine, read);
    const count = answers.filter(({ attention }, i) => isMarked(attention, read[i]!)).length;
    return [`marked ${number}`, +(count / questions.length).toFixed(4)] as const;
  });
  return Object.fromEntries(parts);
}

function isMarked(attention: readonly (readonly number[])[], { support }: BabiQuestion): boolean {
  const last = attention.length - 1;
  return (
    support.length > 0 &&
    attention.every((gates, episode) => {
      const wanted = support.filter((_, fact) => Math.min(fact, last) === episode);
      return !wanted.length || wanted.includes(gates.indexOf(Math.max(...gates)));
    })
  );
}

/** Errors of each task by itself, and how many of its questions have their supporting facts found. */
export const system: System<DynamicMemoryNetwork, Asking> = {
  className: DynamicMemoryNetwork.className,
  measure(of) {
    const asked = askedOf(of);
    return { ...errorsOf(of.engine, of.model, asked), ...marked(of.engine, of.model, asked) };
  },
};
