import { existsSync } from "node:fs";
import { lettersOf } from "../pairs.js";
import { shipped } from "../shipped.js";
import type { TaskView } from "./view.js";

/** The larger one where there is a clone of the repository. */
const largest = (...names: readonly string[]): string => names.map(shipped).find(existsSync) ?? shipped(names.at(-1)!);

export const pronunciation = {
  task: "pronunciation",
  transducer: {
    command: "pronounce",
    description: "Pronounce English words: phonemes of the CMU dictionary, from spelling alone.",
    argument: ["[words...]", "words (default: stdin)"],
    model: () => largest("pronunciation", "pronunciation-small"),
    beam: 5,
    sources: (line) => line.split(/\s+/).filter(Boolean),
    symbols: lettersOf,
    say: (symbols) => symbols.join(" "),
  },
} satisfies TaskView;
