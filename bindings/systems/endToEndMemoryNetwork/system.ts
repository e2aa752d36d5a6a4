import { defineSystem } from "../defineSystem.js";
import { babiTask } from "../../tasks/babi/babiTask.js";
import type { BabiQuestion } from "../../tasks/babi/story.js";
import { EndToEndMemoryNetwork, endToEndMemoryNetworkRules } from "./endToEndMemoryNetwork.js";

const STORY = [
  ["mary", "went", "to", "the", "garden"],
  ["john", "went", "to", "the", "kitchen"],
];
const QUESTIONS: readonly BabiQuestion[] = [
  { story: STORY, question: ["where", "is", "mary"], answer: "garden", support: [0] },
  { story: STORY, question: ["where", "is", "john"], answer: "kitchen", support: [1] },
];

export const system = /* @__PURE__ */ defineSystem({
  model: EndToEndMemoryNetwork,
  rules: endToEndMemoryNetworkRules,
  names: { memn2n: {} },
  fitting: ["symbols", "slots", "words"],
  options: {
    hops: "times that it reads the story",
    embeddingSize: { flag: "embedding", help: "size of an embedding" },
    tying: "which matrices are the same: those of successive hops, or those of all",
    encoding: "how the words of a sentence are added up",
    nonlinear: "a ReLU behind each hop",
    initialDeviation: "standard deviation of initial parameters",
  },
  learns: ["babi"],
  tasks: [],
  example: {
    options: () => ({ embeddingSize: 6, hops: 2 }),
    task: () => babiTask({ questions: QUESTIONS, slots: 4, linearSteps: 2 }),
    uses: {
      answer: (model, engine) => model.answer(engine, ["Mary went to the kitchen."], "Where is Mary?"),
      answers: (model, engine) => model.answers(engine, QUESTIONS),
    },
    batches: { inputs: () => QUESTIONS, run: (model, engine, inputs) => model.answers(engine, inputs) },
  },
});
