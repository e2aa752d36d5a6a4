import { defineTask } from "../defineTask.js";
import { babiRules, babiTask } from "../babi/babiTask.js";

export const task = /* @__PURE__ */ defineTask({
  names: ["babi"],
  create: babiTask,
  rules: babiRules,
  options: {
    tasks: { flag: "babi-tasks", help: "numbers of the tasks whose questions are generated" },
    count: { flag: "questions-each", help: "questions generated of each task" },
    symbols: "vocabulary of words and answers",
    slots: { flag: "memories", help: "most sentences of a story: of a longer one the latest" },
    words: { flag: "sentence-words", help: "most words of a sentence" },
    linearSteps: "steps of training before attention has its softmax",
    bucket: "questions drawn at once, of which a batch has those with stories about as long",
    timeNoise: "most empty memories in training, as a part of the sentences",
  },
  metrics: ["answerError"],
  example: () => ({ tasks: [1], count: 20, slots: 10, words: 6 }),
});
