import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { Random } from "../../bindings/common/random/philox.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { load } from "../../bindings/load.js";
import type { NamedValues } from "../../bindings/runtime/call.js";
import { MemoryNetwork, type MemoryNetworkOptions } from "../../bindings/systems/memoryNetwork/memoryNetwork.js";
import { babiTask } from "../../bindings/tasks/babi/babiTask.js";
import { fillStories, type NumberedStory } from "../../bindings/tasks/babi/fillStories.js";
import type { StoryQuestion } from "../../bindings/tasks/babi/storyAnswers.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { checkGradients } from "../../bindings/training/checkGradients.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { trainingProgram } from "../../bindings/training/trainingProgram.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";
import { memoryNetworkOf, softmax } from "./memoryNetworkReference.js";

const engine = await testEngine();
const small = await testEngine("run");
const symbols = ["a", "b", "c", "d", "e", "f", "g"];
const [slots, words] = [6, 4];
const tiny: MemoryNetworkOptions = { symbols, slots, words, hops: 2, embeddingSize: 5, nonlinear: false, seed: 3 };
const variants: Record<string, Partial<MemoryNetworkOptions>> = {
  "two facts": {},
  "one fact": { hops: 1 },
  "more facts than copies": { hops: 5, nonlinear: true },
  "bags of words": { features: "words", hops: 3 },
  "position encoding": { features: "position", hops: 3, margin: 0.3 },
  "two layers": { nonlinear: true, embeddingSize: 6 },
};

/** Stories and questions of different lengths, with no fact, one, some, and all sentences as facts, in any order. */
const STORIES: readonly NumberedStory[] = [
  { story: [[0, 1, 2, 3], [4], [5, 6], [1, 1, 0], [2, 5, 3, 6]], question: [0, 3], answer: 4, support: [3, 0, 4, 1] },
  { story: [[3, 2]], question: [6], answer: 0, support: [0] },
  {
    story: [
      [1, 2],
      [0, 4, 5],
      [6, 6, 6, 6],
    ],
    question: [1, 2, 3, 4],
    answer: 6,
    support: [2, 1],
  },
  { story: [[5, 1], [2]], question: [3, 3, 1], answer: 2, support: [] },
  { story: [[4, 4], [4, 4], [1], [4, 4], [0, 3], [4, 4]], question: [4], answer: 1, support: [1, 3] },
];

/** A model with parameters so large that it has its preferences. */
function lively(options: Partial<MemoryNetworkOptions> = {}, seed = 11): MemoryNetwork {
  const model = new MemoryNetwork({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(seed), [model.parameterCount], -0.9, 0.9).data);
  return model;
}

function batchOf({ batchLayout, options }: MemoryNetwork, stories: readonly NumberedStory[]): Batch {
  const batch = new Batch(batchLayout.call({ options } as MemoryNetwork));
  fillStories(batch, stories, { slots: options.slots, words: options.words, symbols: options.symbols.length });
  return batch;
}

/** Fields of a batch as inputs of a program. */
const fieldsOf = (batch: Batch): Record<string, NDArray> =>
  Object.fromEntries(
    batch.fields.map(({ name, data, time, size }) => {
      const length = time * batch.count * size;
      return [name, array([length], data.subarray(0, length))];
    }),
  );

/** Fields of a batch as a compiled model's answer takes them. */
const arraysOf = (batch: Batch): NamedValues =>
  Object.fromEntries(
    ["story", "question"].map((name) => {
      const shape = [batch.count, batch.layout[name]![1] as number];
      return [name, { data: batch.block(name).slice(0, shape[0]! * shape[1]!), shape }];
    }),
  );

const texts = (stories: readonly NumberedStory[]): StoryQuestion[] =>
  stories.map(({ story, question }) => ({
    story: story.map((sentence) => sentence.map((word) => symbols[word]!)),
    question: question.map((word) => symbols[word]!),
  }));

/** The sentences that hops read, 0 the oldest. */
const readBy = (attention: readonly (readonly number[])[]): number[] =>
  attention.map((weights) => weights.indexOf(1)).filter((place) => place >= 0);

const task = babiTask({
  questions: [{ story: [["a"]], question: ["b"], answer: "c", support: [0] }],
  symbols,
  slots,
  words,
});

const gradientsOf = (model: MemoryNetwork, stories: readonly NumberedStory[]) => {
  const inputs = { ...fieldsOf(batchOf(model, stories)), weight: array([], [1]) };
  const program = trainingProgram(model, task, stories.length, true);
  return runProgram(engine, program, inputs, { parameters: model.parameters.values });
};

const networks = suite("MemoryNetwork");
for (const [what, options] of Object.entries(variants)) {
  const model = lively(options);
  const parameters = Float64Array.from(model.parameters.values);

  networks(`with ${what}: the loss of a batch and all gradients are those of the paper's equations`, () => {
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const losses = STORIES.map((asked) => memoryNetworkOf(model, all!.data as Float64Array, asked).loss());
      return [array([], [losses.reduce((a, b) => a + b, 0)])];
    };
    const values = array([parameters.length], parameters);
    const run = gradientsOf(model, STORIES);
    close(array([], [run.results["loss"]!]), f([values])[0]!, { rtol: 1e-5 });
    const [gradients] = numericalGradients(f, [values], [array([], [1])], { h: 1e-6 });
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-4, atol: 1e-4 });
    assert.ok(run.gradients.some((each) => Math.abs(each) > 0.1));
  });

  networks(`with ${what}: it reads the facts and gives the answers of the equations`, () => {
    for (let seed = 1; seed <= 20; ++seed) {
      const one = lively(options, seed);
      const all = Float64Array.from(one.parameters.values);
      one.answers(engine, texts(STORIES)).forEach(({ answer, probability, attention, forgotten }, i) => {
        const { read, answers } = memoryNetworkOf(one, all, STORIES[i]!);
        assert.equal(readBy(attention), read(), `seed ${seed}, story ${i}`);
        assert.ok(attention.flat().every((weight) => weight === 0 || weight === 1));
        const probabilities = softmax(answers(read()).map((score) => score / one.options.margin));
        const most = Math.max(...probabilities);
        assert.is(answer, symbols[probabilities.indexOf(most)]);
        assert.ok(Math.abs(probability - most) < 1e-4);
        assert.is(forgotten, 0);
      });
    }
  });

  networks(`with ${what}: other stories of a batch and empty memories change nothing`, () => {
    const asked = texts(STORIES);
    const alone = asked.map(({ story, question }) => model.answer(engine, story, question));
    assert.equal(model.answers(engine, asked), alone);
    const larger = lively({ ...options, slots: 40 });
    assert.equal(larger.answers(engine, asked), alone);
    const each = STORIES.map((story) => gradientsOf(model, [story]).gradients);
    const sum = Array.from(each[0]!, (_, i) => each.reduce((all, one) => all + one[i]!, 0));
    close(array([sum.length], gradientsOf(model, STORIES).gradients), array([sum.length], sum), {
      rtol: 1e-4,
      atol: 1e-5,
    });
  });

  networks(`with ${what}: a compiled model has the bits of the model, in the smallest binary`, () => {
    const compiled = loadCompiled(compileModel(model));
    for (const stories of [STORIES, STORIES.slice(1, 2)]) {
      const { probabilities, attention } = compiled.call(small, "answer", arraysOf(batchOf(model, stories)));
      model.answers(engine, texts(stories)).forEach((expected, i) => {
        const of = Array.from(probabilities!.data.subarray(i * symbols.length, (i + 1) * symbols.length));
        assert.is(Math.max(...of), expected.probability);
        const { hops } = model.options;
        const weights = expected.attention.map((all, hop) =>
          all.map((_, s) => attention!.data[(i * hops + hop) * slots + all.length - 1 - s]),
        );
        assert.equal(weights, expected.attention);
      });
    }
  });
}

networks("central differences of the engine agree with its gradients on a task", () => {
  const task = babiTask({ tasks: [1, 7], count: 20, seed: 2 });
  const { symbols, slots, words } = task;
  for (const features of ["words", "position", "places"] as const) {
    // With such a margin no alternative is at the kink of its loss.
    const sizes = { symbols, slots, words, hops: 3, embeddingSize: 2, margin: 10, features };
    const model = new MemoryNetwork(sizes);
    assert.is(checkGradients(engine, model, task).compared, model.parameterCount);
  }
});

networks("of equal scores the latest sentence is read, no sentence twice, and none behind the first", () => {
  const model = new MemoryNetwork({ ...tiny, hops: 3 });
  model.parameters.set(new Float32Array(model.parameterCount));
  const readOf = (story: readonly string[]): number[] => readBy(model.answer(engine, story, "a").attention);
  assert.equal(readOf(["a", "b", "c", "d"]), [3, 2, 1]);
  assert.equal(readOf(["a", "a"]), [1, 0]);
  const { answer, attention } = model.answer(engine, ["c", "b"], "d");
  assert.is(answer, "a");
  assert.equal(attention, [
    [0, 1],
    [1, 0],
    [0, 0],
  ]);
});

networks("what is told behind a missing fact is not learned from, and answers do not depend on what is told", () => {
  const model = lively({ hops: 3 });
  const lossOf = (support: readonly number[]): number =>
    gradientsOf(model, [{ ...STORIES[0]!, support }]).results["loss"]!;
  assert.is.not(lossOf([1]), lossOf([1, 2]));
  assert.is.not(lossOf([1, 2, 3]), lossOf([1, 2]));
  assert.is(lossOf([1, 1]) >= 0, true); // a sentence that is told twice
  const errorOf = (support: readonly number[]): number =>
    gradientsOf(model, [{ ...STORIES[0]!, support }]).results["answerError"]!;
  assert.equal(new Set([[], [0], [1], [2, 1], [4, 3, 2]].map(errorOf)).size, 1);
});

networks("of a story with more sentences than it holds the latest count, and the answer says so", () => {
  const model = lively();
  const latest = [["c"], ["d"], ["e", "f"], ["g"], ["a"], ["f"]];
  const long = Array.from({ length: 1_000 }, (_, i) => latest[i - 994] ?? ["b", "b"]);
  const { forgotten, attention, ...rest } = model.answer(engine, long, "b");
  const short = model.answer(engine, latest, "b");
  assert.is(forgotten, 994);
  assert.equal(rest, { answer: short.answer, probability: short.probability });
  assert.equal(
    attention.map((weights) => weights.slice(994)),
    short.attention,
  );
  assert.ok(attention.every((weights) => weights.slice(0, 994).every((each) => each === 0)));
});

networks("a text is its words, and what it cannot read it refuses by name", () => {
  const model = lively();
  assert.equal(model.answer(engine, ["A b.", "C!"], "d?"), model.answer(engine, [["a", "b"], ["c"]], ["d"]));
  const refused = (story: unknown, asked: unknown): Error =>
    thrownBy(() => model.answer(engine, story as string[], asked as string));
  const name = "MemoryNetwork.answer";
  assert.is(refused([], "a").message, `${name}: the story has no sentence, and must have at least one`);
  assert.is(
    refused(["a zebra"], "a").message,
    `${name}: sentence 1's word "zebra" is not in the vocabulary, which has 7 words`,
  );
  assert.is(refused(["a", "."], "a").message, `${name}: sentence 2 has 0 words, and must have 1 to 4`);
  assert.is(refused(["a"], "a b c d e").message, `${name}: the question has 5 words, and must have 1 to 4`);
  assert.instance(refused([7], "a"), TypeError);
  assert.equal(model.answers(engine, []), []);
});

networks(
  "learns in seconds where an object is: the second fact goes by the first, and it stops when it has them",
  async () => {
    const release = await testEngine("release");
    const task = babiTask({ tasks: [1, 2], count: 1000, seed: 1 });
    const { symbols, slots, words } = task;
    const model = new MemoryNetwork({ symbols, slots, words, hops: 2, embeddingSize: 50, seed: 1 });
    const optimizer = adam({ learningRate: 3e-3 });
    for await (const _ of train(release, model, task, { batch: 32, optimizer, seed: 1, steps: 900 }));
    const { answerError } = await evaluate(release, model, task, { sequences: 400 });
    assert.ok(answerError <= 0.02, String(answerError));
    const storyOf = (taker: string, other: string): string[] => [
      `${taker} took the milk.`,
      `${other} took the apple.`,
      "John went to the office.",
      "Mary went to the garden.",
    ];
    const [byMary, byJohn] = [storyOf("Mary", "John"), storyOf("John", "Mary")].map((story) =>
      model.answer(release, story, "Where is the milk?"),
    );
    assert.equal([byMary!.answer, readBy(byMary!.attention)], ["garden", [0, 3]]);
    assert.equal([byJohn!.answer, readBy(byJohn!.attention)], ["office", [0, 2]]);
    const [story, question] = [["Mary went to the garden.", "John went to the office."], "Where is Mary?"];
    const { answer, attention } = model.answer(release, story, question);
    assert.equal([answer, readBy(attention)], ["garden", [0]]);
    assert.equal(
      load(save(model), { models: [MemoryNetwork] }).answer(release, story, question),
      model.answer(release, story, question),
    );
    release.dispose();
  },
);

networks("says which of its options is wrong, and which task does not fit", () => {
  const error = (options: object): Error => thrownBy(() => new MemoryNetwork({ ...tiny, ...options }));
  const name = "MemoryNetwork";
  assert.match(error({ features: "none" }).message, `${name}: features is "none", and must be`);
  assert.match(error({ hops: 0 }).message, `${name}: hops is 0, and must be a whole number from 1 to 16`);
  assert.match(error({ margin: 0 }).message, `${name}: margin is 0, and must be`);
  assert.match(error({ episodes: 3 }).message, `${name} has no option "episodes"; it has symbols, slots, words, hops`);
  const other = babiTask({ tasks: [1], count: 9 });
  const unfit = thrownBy(() => new MemoryNetwork(tiny).expectFit("train", other));
  assert.match(unfit.message, "train: the model's symbols are not those of the task babi");
});
networks.run();
