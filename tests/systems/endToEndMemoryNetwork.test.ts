import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { Random } from "../../bindings/common/random/philox.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { load } from "../../bindings/load.js";
import {
  EndToEndMemoryNetwork,
  type EndToEndMemoryNetworkOptions,
} from "../../bindings/systems/endToEndMemoryNetwork/endToEndMemoryNetwork.js";
import { babiTask } from "../../bindings/tasks/babi/babiTask.js";
import { fillStories, type NumberedStory } from "../../bindings/tasks/babi/fillStories.js";
import type { BabiQuestion } from "../../bindings/tasks/babi/story.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { checkGradients } from "../../bindings/training/checkGradients.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { sgd } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";
import { memoryNetworkPass, softmax } from "./endToEndMemoryNetworkReference.js";

const engine = await testEngine();
const symbols = ["a", "b", "c", "d", "e", "f", "g"];
const [slots, words] = [5, 4];
const tiny: EndToEndMemoryNetworkOptions = { symbols, slots, words, embeddingSize: 6, seed: 3 };
const variants: Record<string, Partial<EndToEndMemoryNetworkOptions>> = {
  "the paper's choices": {},
  "layer-wise tying": { tying: "layerwise" },
  "bags of words": { encoding: "words", hops: 2 },
  "one hop": { hops: 1, embeddingSize: 5 },
  "a ReLU behind each hop": { nonlinear: true, hops: 2 },
  "a ReLU and layer-wise tying": { nonlinear: true, tying: "layerwise", embeddingSize: 7, hops: 4 },
};

/** A full memory, one sentence, and a few with times of their own, of which some are read without softmax. */
const STORIES: readonly NumberedStory[] = [
  { story: [[0, 1, 2, 3], [4], [5, 6], [1, 1, 0], [2, 5, 3, 6]], question: [0, 3], answer: 4, linear: 0 },
  { story: [[3, 2]], question: [6], answer: 0, linear: 1 },
  {
    story: [
      [1, 2],
      [0, 4, 5],
      [6, 6, 6, 6],
    ],
    question: [1, 2, 3, 4],
    answer: 6,
    times: [4, 2, 0],
    linear: 1,
  },
  { story: [[5, 1], [2]], question: [3, 3], answer: 2, times: [4, 4] },
];

/** A model with parameters so large that attention has its preferences. */
function lively(options: Partial<EndToEndMemoryNetworkOptions> = {}): EndToEndMemoryNetwork {
  const model = new EndToEndMemoryNetwork({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(11), [model.parameterCount], -0.8, 0.8).data);
  return model;
}

/** The fields of a batch as inputs of a program. */
function inputsOf(model: EndToEndMemoryNetwork, stories: readonly NumberedStory[]): Record<string, NDArray> {
  const batch = new Batch(model.batchLayout());
  fillStories(batch, stories, { slots, words, symbols: symbols.length });
  return Object.fromEntries(
    batch.fields.map(({ name, data, size }) => [
      name,
      array([stories.length, size], data.subarray(0, stories.length * size)),
    ]),
  );
}

const networks = suite("EndToEndMemoryNetwork");
for (const [what, options] of Object.entries(variants)) {
  const model = lively(options);
  const parameters = Float64Array.from(model.parameters.values);

  networks(`with ${what}: in training, logits and all gradients are those of the paper's equations`, () => {
    const count = STORIES.length;
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const passes = STORIES.map((each) => memoryNetworkPass(model, all!.data as Float64Array, each));
      return [
        array(
          [count, symbols.length],
          passes.flatMap(({ logits }) => logits),
        ),
      ];
    };
    const values = array([parameters.length], parameters);
    const [expected] = f([values]);
    const dy = uniform(new Random(7), expected!.shape, -1, 1);
    const graph = new Graph(true);
    graph.output("logits", model.record(graph, count, graph.input("linear", [count])).logits);
    graph.input("dy", expected!.shape);
    const program = compileGradients(graph, { seeds: { logits: "dy" }, parameterCount: model.parameterCount });
    const { answer: _, ...inputs } = inputsOf(model, STORIES);
    const run = runProgram(engine, program, { ...inputs, dy }, { parameters: model.parameters.values });
    close(run.outputs["logits"]!, expected!, { rtol: 1e-4, atol: 1e-5 });
    const [gradients] = numericalGradients(f, [values], [dy]);
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-4, atol: 1e-4 });
  });

  networks(`with ${what}: answers have the probabilities and the attention of the equations`, () => {
    const word = (number: number): string => symbols[number]!;
    const asked = STORIES.map(({ story, question }) => ({
      story: story.map((sentence) => sentence.map(word)),
      question: question.map(word),
    }));
    model.answers(engine, asked).forEach(({ answer, probability, attention, forgotten }, i) => {
      const { story, question, answer: ofIt } = STORIES[i]!;
      const expected = memoryNetworkPass(model, parameters, { story, question, answer: ofIt });
      const probabilities = softmax(expected.logits);
      const most = Math.max(...probabilities);
      assert.is(answer, symbols[probabilities.indexOf(most)]);
      assert.ok(Math.abs(probability - most) < 1e-5);
      assert.is(forgotten, 0);
      const oldestFirst = expected.attention.map((p) => p.slice(0, story.length).toReversed());
      close(array([1], attention.flat()), array([1], oldestFirst.flat()), { rtol: 1e-4, atol: 1e-6 });
    });
  });
}

networks("central differences of the engine agree with its gradients on a task", () => {
  const task = babiTask({ tasks: [1, 15], count: 20, seed: 2 });
  const { symbols, slots, words } = task;
  const model = new EndToEndMemoryNetwork({ symbols, slots, words, embeddingSize: 3, hops: 2, initialDeviation: 0.5 });
  assert.is(checkGradients(engine, model, task).compared, model.parameterCount);
});

const question = (story: readonly string[], asked: string, answer: string): BabiQuestion => ({
  story: story.map((sentence) => sentence.split(" ")),
  question: asked.split(" "),
  answer,
  support: [0],
});

networks(
  "a linear start ends after its steps: what training minimises is the loss without softmax until then",
  async () => {
    const questions = [question(["a b", "c"], "d", "e")];
    const losses = async (linearSteps: number): Promise<number[]> => {
      const task = babiTask({ questions, symbols, slots, words, linearSteps, timeNoise: 0 });
      const model = lively();
      const all: number[] = [];
      const still = sgd({ learningRate: 1e-12, momentum: 0 }); // what changes is not the parameters
      for await (const { step, loss } of train(engine, model, task, { batch: 1, optimizer: still, seed: 1 })) {
        if (all.push(loss) && step === 4) break;
      }
      return all;
    };
    const [never, twice, always] = [await losses(0), await losses(2), await losses(9)];
    assert.equal(twice, [always[0], always[0], never[0], never[0]]);
    assert.not.equal(always[0], never[0]);
    const model = lively();
    for (const [linear, loss] of [
      [0, never[0]],
      [1, always[0]],
    ] as const) {
      const numbered = { story: [[0, 1], [2]], question: [3], answer: 4, linear };
      const { logits } = memoryNetworkPass(model, Float64Array.from(model.parameters.values), numbered);
      assert.ok(Math.abs(loss! + Math.log(softmax(logits)[4]!)) < 1e-5);
    }
    const measured = await evaluate(engine, model, babiTask({ questions, symbols, slots, words, linearSteps: 9 }), {
      sequences: 1,
    });
    assert.ok(Math.abs(measured.loss - never[0]!) < 1e-6, "what is measured has its softmax, and times as they are");
  },
);

networks("of a story that is longer than the memory the latest sentences are read, and the answer says so", () => {
  const model = lively();
  const latest = [["c"], ["d"], ["e", "f"], ["g"], ["a"]];
  const long = Array.from({ length: 10_000 }, (_, i) => latest[i - 9_995] ?? ["b", "b"]);
  const { forgotten, attention, ...rest } = model.answer(engine, long, "b");
  const short = model.answer(engine, latest, "b");
  assert.is(forgotten, 9_995);
  assert.equal(rest, { answer: short.answer, probability: short.probability });
  assert.equal(
    attention.map((p) => p.slice(9_995)),
    short.attention,
  );
  assert.ok(attention.every((p) => p.length === 10_000 && p.slice(0, 9_995).every((each) => each === 0)));
});

networks("a text is its words, whatever their case and marks", () => {
  const model = lively();
  const expected = model.answer(engine, [["a", "b"], ["c"]], ["d"]);
  assert.equal(model.answer(engine, ["A b.", "C!"], "d?"), expected);
});

networks("what it cannot read it refuses, and says what", () => {
  const model = lively();
  const refused = (story: unknown, asked: unknown): Error =>
    thrownBy(() => model.answer(engine, story as string[], asked as string));
  const name = "EndToEndMemoryNetwork.answer";
  assert.is(refused([], "a").message, `${name}: the story has no sentence, and must have at least one`);
  assert.is(
    refused(["a zebra"], "a").message,
    `${name}: sentence 1's word "zebra" is not in the vocabulary, which has 7 words`,
  );
  assert.match(refused(["a"], "who?").message, `${name}: the question's word "who" is not in the vocabulary`);
  assert.is(refused(["a", "."], "a").message, `${name}: sentence 2 has 0 words, and must have 1 to 4`);
  assert.is(refused(["a"], "a b c d e").message, `${name}: the question has 5 words, and must have 1 to 4`);
  assert.is(refused("a b.", "a").message, `${name}: the story is "a b.", and must be an array of sentences`);
  assert.instance(refused("a b.", "a"), TypeError);
  assert.instance(refused([7], "a"), TypeError);
  assert.instance(refused(["a"], undefined), TypeError);
  assert.instance(refused(["zebra"], "a"), RangeError);
  const several = thrownBy(() =>
    model.answers(engine, [
      { story: ["a"], question: "b" },
      { story: ["a"], question: "x" },
    ]),
  );
  assert.match(several.message, /^EndToEndMemoryNetwork.answers: question 1: the question's word "x" is not/);
  assert.equal(model.answers(engine, []), []);
});

networks("learns where somebody is in seconds, and points at the sentence", async () => {
  const release = await testEngine("release");
  const task = babiTask({ tasks: [1], count: 400, seed: 1, linearSteps: 100 });
  const { symbols, slots, words } = task;
  const model = new EndToEndMemoryNetwork({ symbols, slots, words, seed: 1 });
  const optimizer = sgd({ learningRate: 0.16, momentum: 0 });
  const training = train(release, model, task, { batch: 32, clip: { norm: 1.25 }, optimizer, seed: 1, steps: 800 });
  for await (const _ of training);
  const { answerError } = await evaluate(release, model, task, { sequences: 200 });
  assert.ok(answerError <= 0.02, String(answerError));
  const story = ["John went to the office.", "Mary went to the garden.", "Daniel moved to the kitchen."];
  const { answer, attention } = model.answer(release, story, "Where is Mary?");
  assert.is(answer, "garden");
  assert.ok(
    attention.some((p) => p[1]! > 0.5),
    JSON.stringify(attention),
  );
  assert.equal(
    load(save(model), { models: [EndToEndMemoryNetwork] }).answer(release, story, "Where is Mary?"),
    model.answer(release, story, "Where is Mary?"),
  );
  release.dispose();
});

networks("says which of its options is wrong", () => {
  const error = (options: object): Error => thrownBy(() => new EndToEndMemoryNetwork({ ...tiny, ...options }));
  const name = "EndToEndMemoryNetwork";
  assert.is(error({ tying: "none" }).message, `${name}: tying is "none", and must be "adjacent" or "layerwise"`);
  assert.match(error({ hops: 0 }).message, `${name}: hops is 0, and must be a whole number from 1 to 16`);
  assert.match(error({ memories: 3 }).message, `${name} has no option "memories"; it has symbols, slots, words, hops`);
});
networks.run();
