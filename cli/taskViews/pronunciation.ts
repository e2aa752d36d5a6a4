import { Option } from "commander";
import { existsSync } from "node:fs";
import { partsOf } from "../../bindings/declarations.js";
import { lettersOf } from "../pairs.js";
import { shipped } from "../shipped.js";
import type { TaskView } from "./view.js";

/** The larger one where there is a clone of the repository. */
const largest = (...names: readonly string[]): string => names.map(shipped).find(existsSync) ?? shipped(names.at(-1)!);

export const pronunciation = {
  task: "pronunciation",
  transducer: {
    command: "pronounce",
    description:
      "Pronounce English words: phonemes of the CMU dictionary, from spelling alone. Capitals that nobody can read, such " +
      "as FBI, are said letter by letter; numbers, signs and other scripts are refused.",
    argument: ["[words...]", "words (default: stdin, of any length)"],
    model: () => largest("pronunciation", "pronunciation-small"),
    beam: 5,
    unit: "word",
    options: [
      new Option("--numbers", "read out numbers, and % & + beside them"),
      new Option("--spell", "say every word letter by letter"),
      new Option("--no-spell", "say no word letter by letter"),
    ],
    sources: (line) => line.split(/\s+/).filter(Boolean),
    symbols: lettersOf,
    parts: (word, options) => partsOf(word, { ...options, named: (option) => `--${option}` }),
    say: (symbols) => symbols.join(" "),
  },
} satisfies TaskView;
