import { conversations, DialoguesFile, dialoguesOf } from "../dialogues.js";
import type { TaskSource } from "../source.js";

/** Words that are seen less often are not worth a vector. */
const LEAST = 50;

export const source: TaskSource = {
  tasks: ["conversation"],
  flags: [
    {
      long: "--dialogues",
      value: "<file>",
      option: "dialogues",
      help: 'what to learn from: JSON lines with "turns", the texts of a dialogue in turn',
      parse: dialoguesOf,
    },
  ],
  options: ({ dialogues, ...options }, name) => ({
    ...(dialogues instanceof DialoguesFile && conversations(dialogues, LEAST)),
    ...options,
    name,
  }),
};
