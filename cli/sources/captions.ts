import { CaptionsFile, captionsOf } from "../captions.js";
import type { TaskSource } from "../source.js";

export const source: TaskSource = {
  tasks: ["captions"],
  flags: [
    {
      long: "--captions",
      value: "<file>",
      option: "captions",
      help: "what to learn from: a table with the columns caption and split, and sheets of its pictures beside it",
      parse: captionsOf,
    },
  ],
  options: ({ captions, ...options }) => ({
    ...options,
    ...(captions instanceof CaptionsFile && { captions: captions.part("train") }),
  }),
};
