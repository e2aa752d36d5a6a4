import { parsingPairs } from "../../bindings/parsing/parsingPairs.js";
import { whole } from "../numbers.js";
import type { TaskSource } from "../source.js";
import { TreesFile, treesOf } from "../trees.js";

/** Words that are seen less often are read as their class. */
const LEAST = 3;
/** Words of the longest sentence, unless the command line says less. */
const MOST = 200;

export const source: TaskSource = {
  tasks: ["parsing"],
  flags: [
    {
      long: "--trees",
      value: "<file>",
      option: "trees",
      help: "what to learn from: trees in the brackets of the Penn Treebank, a line each, perhaps behind a name and a tab",
      parse: treesOf,
    },
    {
      long: "--least-words",
      value: "<n>",
      option: "leastWords",
      help: "times that a word must be seen, or else its class is read: capitals, digits, its ending",
      usual: String(LEAST),
      parse: whole(1),
    },
    {
      long: "--most-words",
      value: "<n>",
      option: "mostWords",
      help: "words of the longest sentence that is learned from",
      usual: String(MOST),
      parse: whole(1),
    },
    {
      long: "--phrases",
      value: "<n>",
      option: "phrases",
      help: "constituents of so many words or more are learned as sentences of their own, too (default: none are)",
      parse: whole(2),
    },
  ],
  options: ({ trees, leastWords = LEAST, mostWords = MOST, phrases, ...options }, name) => {
    if (!(trees instanceof TreesFile)) return { ...options, name };
    const sizes = {
      leastWords: leastWords as number,
      maxWords: mostWords as number,
      ...(phrases !== undefined && { phrases: phrases as number }),
    };
    const { skipped: _, ...learned } = parsingPairs(trees.trees, sizes);
    return { ...learned, ...options, name };
  },
};
