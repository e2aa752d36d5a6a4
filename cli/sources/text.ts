import { textOf, TextFile } from "../input.js";
import { given } from "../numbers.js";
import type { TaskSource } from "../source.js";

export const source: TaskSource = {
  tasks: ["text"],
  flags: [{ long: "--text", value: "<file>", option: "text", help: "what to learn from, in UTF-8", parse: textOf }],
  options: ({ text, ...options }) => ({
    ...options,
    ...given({ text: text instanceof TextFile ? text.text : text }),
  }),
};
