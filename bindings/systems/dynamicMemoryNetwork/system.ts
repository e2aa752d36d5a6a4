import { babiTask } from "../../tasks/babi/babiTask.js";
import type { BabiQuestion } from "../../tasks/babi/story.js";
import { defineSystem } from "../defineSystem.js";
import { DynamicMemoryNetwork, dynamicMemoryNetworkRules } from "./dynamicMemoryNetwork.js";

const QUESTIONS: readonly BabiQuestion[] = [
  {
    story: [
      ["mary", "went", "to", "the", "garden"],
      ["john", "left"],
      ["john", "went", "to", "the", "kitchen"],
    ],
    question: ["where", "is", "mary"],
    answer: "garden",
    support: [0],
  },
  {
    story: [
      ["mary", "left"],
      ["john", "went", "to", "the", "kitchen"],
    ],
    question: ["where", "is", "john", "now"],
    answer: "kitchen",
    support: [1],
  },
];

export const system = /* @__PURE__ */ defineSystem({
  model: DynamicMemoryNetwork,
  rules: dynamicMemoryNetworkRules,
  names: { dmn: {} },
  fitting: ["symbols", "slots", "words"],
  options: {
    episodes: "times that it passes over the facts",
    hiddenSize: { flag: "hidden", help: "units of a GRU" },
    embeddingSize: { flag: "embedding", help: "size of an embedding" },
    attention: "how an episode weighs facts: by a gate for each, or by a softmax over all, as DMN+",
    encoding: "how a story becomes facts: by a GRU over words, or by fusion of sentences, as DMN+",
    supportWeight: "weight of the loss that tells each episode its supporting fact",
    dropout: "part of facts and of the last memory that training drops",
  },
  learns: [],
  tasks: [],
  example: {
    options: () => ({ embeddingSize: 5, hiddenSize: 6, episodes: 2, supportWeight: 0.5 }),
    task: () => babiTask({ questions: QUESTIONS, slots: 4 }),
    uses: {
      answer: (model, engine) => model.answer(engine, ["Mary went to the kitchen."], "Where is Mary?"),
      answers: (model, engine) => model.answers(engine, QUESTIONS),
    },
    batches: { inputs: () => QUESTIONS, run: (model, engine, inputs) => model.answers(engine, inputs) },
  },
});
