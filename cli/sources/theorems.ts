import { proofPairs } from "../../bindings/metamath.js";
import type { TaskSource } from "../source.js";
import { TheoremsFile, theoremsOf } from "../theorems.js";

export const source: TaskSource = {
  tasks: ["proving"],
  flags: [
    {
      long: "--theorems",
      value: "<file>",
      option: "theorems",
      help: "what to learn from: a Metamath database, of whose proofs eight tenths are learned, by a hash of their labels",
      parse: theoremsOf,
    },
  ],
  options: ({ theorems, ...options }, name) => ({
    ...(theorems instanceof TheoremsFile && proofPairs(theorems.book, "train")),
    ...options,
    name,
  }),
};
