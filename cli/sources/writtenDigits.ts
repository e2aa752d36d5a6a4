import type { TaskSource } from "../source.js";
import { DigitsFile, digitsOf } from "../writtenDigits.js";

export const source: TaskSource = {
  tasks: ["scattered-digits"],
  flags: [
    {
      long: "--digits",
      value: "<file>",
      option: "digits",
      help: "what to learn from: pictures of digits as MNIST has them, with their labels beside (default: digits that are drawn)",
      parse: digitsOf,
    },
  ],
  options: ({ digits, ...options }) => ({
    ...options,
    ...(digits instanceof DigitsFile && { digits: digits.digits }),
  }),
};
