import { whole } from "../numbers.js";
import { QuestionsFile, questionsOf } from "../questions.js";
import type { TaskSource } from "../source.js";

export const source: TaskSource = {
  tasks: ["table-questions"],
  flags: [
    {
      long: "--questions",
      value: "<file>",
      option: "questions",
      help: "what to learn from, as WikiTableQuestions: JSON lines, with a file of tables beside it",
      parse: questionsOf,
    },
    {
      long: "--split",
      value: "<n>",
      option: "split",
      help: "leaves out questions of that split",
      parse: whole(1),
    },
  ],
  options: ({ questions, split = 0, ...options }) => ({
    ...(questions instanceof QuestionsFile && { questions: questions.part("train", split as number) }),
    ...options,
  }),
};
