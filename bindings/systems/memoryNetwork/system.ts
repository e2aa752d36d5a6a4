import { babiTask } from "../../tasks/babi/babiTask.js";
import type { BabiQuestion } from "../../tasks/babi/story.js";
import { defineSystem } from "../defineSystem.js";
import { MemoryNetwork, memoryNetworkRules } from "./memoryNetwork.js";

const STORY = [
  ["mary", "took", "the", "milk"],
  ["mary", "went", "to", "the", "garden"],
  ["john", "went", "to", "the", "kitchen"],
];
const QUESTIONS: readonly BabiQuestion[] = [
  { story: STORY, question: ["where", "is", "the", "milk"], answer: "garden", support: [0, 1] },
  { story: STORY, question: ["where", "is", "john"], answer: "kitchen", support: [2] },
];

export const system = /* @__PURE__ */ defineSystem({
  model: MemoryNetwork,
  rules: memoryNetworkRules,
  names: { memnn: {} },
  fitting: ["symbols", "slots", "words"],
  options: {
    hops: "most supporting facts that it reads",
    embeddingSize: { flag: "embedding", help: "size of an embedding" },
    features: "what it sees of a sentence: its words, these in position encoding, or also each word's place",
    nonlinear: "two layers with a tanh behind the question and its facts",
    margin: "by which what is right is to lead",
    initialDeviation: "standard deviation of initial parameters",
  },
  learns: [],
  tasks: [],
  example: {
    options: () => ({ embeddingSize: 6, hops: 2 }),
    task: () => babiTask({ questions: QUESTIONS, slots: 4 }),
    uses: {
      answer: (model, engine) => model.answer(engine, ["Mary went to the kitchen."], "Where is Mary?"),
      answers: (model, engine) => model.answers(engine, QUESTIONS),
    },
    batches: { inputs: () => QUESTIONS, run: (model, engine, inputs) => model.answers(engine, inputs) },
  },
});
