import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { Random } from "../../bindings/common/random/philox.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { Graph } from "../../bindings/graph/graph.js";
import { load } from "../../bindings/load.js";
import type { NamedValues } from "../../bindings/runtime/call.js";
import {
  DynamicMemoryNetwork,
  type DynamicMemoryNetworkOptions,
} from "../../bindings/systems/dynamicMemoryNetwork/dynamicMemoryNetwork.js";
import { babiTask } from "../../bindings/tasks/babi/babiTask.js";
import { fillPassages } from "../../bindings/tasks/babi/fillPassages.js";
import type { NumberedStory } from "../../bindings/tasks/babi/fillStories.js";
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
import { dynamicMemoryPass, softmax, supportLossOf } from "./dynamicMemoryNetworkReference.js";

const engine = await testEngine();
const small = await testEngine("run");
const symbols = ["a", "b", "c", "d", "e", "f", "g"];
const [slots, words] = [5, 4];
const tiny: DynamicMemoryNetworkOptions = {
  symbols,
  slots,
  words,
  hiddenSize: 4,
  embeddingSize: 3,
  episodes: 2,
  seed: 3,
};
const variants: Record<string, Partial<DynamicMemoryNetworkOptions>> = {
  "the paper's choices": {},
  "supporting facts": { supportWeight: 0.7, episodes: 3 },
  "one episode": { episodes: 1, supportWeight: 1 },
  "softmax of DMN+": { attention: "softmax", supportWeight: 0.3 },
  "fusion of DMN+": { encoding: "fusion" },
  "DMN+": { attention: "softmax", encoding: "fusion", supportWeight: 1, embeddingSize: 5 },
};

/** Stories and questions of different lengths, with facts for no, one, some and more than all episodes. */
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
];

/** A model with parameters so large that its gates have their preferences. */
function lively(options: Partial<DynamicMemoryNetworkOptions> = {}): DynamicMemoryNetwork {
  const model = new DynamicMemoryNetwork({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(11), [model.parameterCount], -0.9, 0.9).data);
  return model;
}

/** A batch of stories. */
function batchOf(model: DynamicMemoryNetwork, stories: readonly NumberedStory[]): Batch {
  const batch = new Batch(model.batchLayout());
  fillPassages(batch, stories);
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
    Object.entries(batch.layout)
      .filter(([name]) => name !== "answer" && name !== "facts")
      .map(([name, axes]) => {
        const shape = axes.map((axis) => (axis === "batch" ? batch.count : (batch.dimensions[axis] ?? Number(axis))));
        return [
          name,
          {
            data: batch.block(name).slice(
              0,
              shape.reduce((a, b) => a * b, 1),
            ),
            shape,
          },
        ];
      }),
  );

const texts = (stories: readonly NumberedStory[]): StoryQuestion[] =>
  stories.map(({ story, question }) => ({
    story: story.map((sentence) => sentence.map((word) => symbols[word]!)),
    question: question.map((word) => symbols[word]!),
  }));

const task = babiTask({
  questions: [{ story: [["a"]], question: ["b"], answer: "c", support: [0] }],
  symbols,
  slots,
  words,
});

const networks = suite("DynamicMemoryNetwork");
for (const [what, options] of Object.entries(variants)) {
  const model = lively(options);
  const parameters = Float64Array.from(model.parameters.values);
  const { supportWeight, attention } = model.options;

  networks(`with ${what}: the loss of a batch and all gradients are those of the papers' equations`, () => {
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const losses = STORIES.map((asked) => {
        const pass = dynamicMemoryPass(model, all!.data as Float64Array, asked);
        return (
          supportWeight * supportLossOf(pass, asked.support!, attention) - Math.log(softmax(pass.logits)[asked.answer]!)
        );
      });
      return [array([], [losses.reduce((a, b) => a + b, 0)])];
    };
    const values = array([parameters.length], parameters);
    const batch = batchOf(model, STORIES);
    const one = array([], [1]);
    const inputs = { ...fieldsOf(batch), weight: one, ...(supportWeight && { auxiliaryWeight: one }) };
    const program = trainingProgram(model, task, STORIES.length, true);
    const run = runProgram(engine, program, inputs, { parameters: model.parameters.values, lengths: batch.dimensions });
    close(array([], [run.results["loss"]!]), f([values])[0]!, { rtol: 1e-5 });
    const [gradients] = numericalGradients(f, [values], [one]);
    close(array(values.shape, run.gradients), gradients!, { rtol: 1e-4, atol: 1e-4 });
    assert.ok(run.gradients.some((each) => Math.abs(each) > 0.1));
  });

  networks(`with ${what}: answers have the probabilities and the gates of the equations`, () => {
    model.answers(engine, texts(STORIES)).forEach(({ answer, probability, attention, forgotten }, i) => {
      const { logits, gates } = dynamicMemoryPass(model, parameters, STORIES[i]!);
      const probabilities = softmax(logits);
      const most = Math.max(...probabilities);
      assert.is(answer, symbols[probabilities.indexOf(most)]);
      assert.ok(Math.abs(probability - most) < 1e-5);
      assert.is(forgotten, 0);
      close(array([gates.flat().length], attention.flat()), array([gates.flat().length], gates.flat()), { rtol: 1e-4 });
    });
  });

  networks(`with ${what}: padding changes nothing`, () => {
    const asked = texts(STORIES);
    const alone = asked.map(({ story, question }) => model.answer(engine, story, question));
    assert.equal(model.answers(engine, asked), alone);
    const gradientsOf = (stories: readonly NumberedStory[]): Float32Array => {
      const batch = batchOf(model, stories);
      const one = array([], [1]);
      const scalars = { weight: one, ...(supportWeight && { auxiliaryWeight: one }) };
      const program = trainingProgram(model, task, stories.length, true);
      return runProgram(
        engine,
        program,
        { ...fieldsOf(batch), ...scalars },
        {
          parameters: model.parameters.values,
          lengths: batch.dimensions,
        },
      ).gradients;
    };
    const each = STORIES.map((story) => gradientsOf([story]));
    const sum = Array.from(each[0]!, (_, i) => each.reduce((all, one) => all + one[i]!, 0));
    close(array([sum.length], gradientsOf(STORIES)), array([sum.length], sum), { rtol: 1e-4, atol: 1e-5 });
  });

  networks(`with ${what}: a compiled model has the bits of the model, at any length`, () => {
    const compiled = loadCompiled(compileModel(model));
    for (const stories of [STORIES, STORIES.slice(1, 2)]) {
      const { probabilities, attention } = compiled.call(small, "answer", arraysOf(batchOf(model, stories)));
      model.answers(engine, texts(stories)).forEach((expected, i) => {
        const of = Array.from(probabilities!.data.subarray(i * symbols.length, (i + 1) * symbols.length));
        assert.is(Math.max(...of), expected.probability);
        const { episodes } = model.options;
        const gates = expected.attention.map((all, episode) =>
          all.map((_, s) => attention!.data[(s * stories.length + i) * episodes + episode]),
        );
        assert.equal(gates, expected.attention);
      });
    }
  });
}

networks("central differences of the engine agree with its gradients on a task", () => {
  const task = babiTask({ tasks: [1, 15], count: 20, seed: 2 });
  const { symbols, slots, words } = task;
  for (const options of [{}, { encoding: "fusion" }] as const) {
    const sizes = { symbols, slots, words, hiddenSize: 4, embeddingSize: 3, episodes: 2, supportWeight: 1, ...options };
    const model = new DynamicMemoryNetwork(sizes);
    assert.is(checkGradients(engine, model, task).compared, model.parameterCount);
  }
});

networks("without supporting facts there is no auxiliary loss, and a batch does not tell them", () => {
  const layoutOf = (supportWeight: number): object => lively({ supportWeight }).batchLayout();
  assert.is("facts" in layoutOf(0), false);
  assert.is("facts" in layoutOf(0.1), true);
  const none = lively();
  const objective = none.objective(new Graph(true), task, 1);
  assert.is(objective.auxiliary, undefined);
});

networks("dropout changes training, from step to step, and no answer", async () => {
  const questions = [{ story: [["a", "b"], ["c"]], question: ["d"], answer: "e", support: [0] }];
  const task = babiTask({ questions, symbols, slots, words });
  const losses = async (rate: number): Promise<number[]> => {
    const still = adam({ learningRate: 1e-12 });
    const all: number[] = [];
    for await (const { loss } of train(engine, lively({ dropout: rate }), task, {
      batch: 1,
      optimizer: still,
      steps: 4,
    })) {
      all.push(loss);
    }
    return all;
  };
  assert.is(new Set(await losses(0)).size, 1);
  assert.is(new Set(await losses(0.5)).size, 4);
  const answerOf = (rate: number): object => lively({ dropout: rate }).answer(engine, ["a b", "c"], "d");
  assert.equal(answerOf(0.5), answerOf(0));
});

networks("of a story with more sentences than it reads the latest count, and the answer says so", () => {
  const model = lively();
  const latest = [["c"], ["d"], ["e", "f"], ["g"], ["a"]];
  const long = Array.from({ length: 1_000 }, (_, i) => latest[i - 995] ?? ["b", "b"]);
  const { forgotten, attention, ...rest } = model.answer(engine, long, "b");
  const short = model.answer(engine, latest, "b");
  assert.is(forgotten, 995);
  assert.equal(rest, { answer: short.answer, probability: short.probability });
  assert.equal(
    attention.map((gates) => gates.slice(995)),
    short.attention,
  );
  assert.ok(attention.every((gates) => gates.slice(0, 995).every((each) => each === 0)));
});

networks("many questions are answered in their order, whatever their lengths", () => {
  const model = lively();
  const random = new Random(3);
  const word = (): string => symbols[random.integer(0, 6)]!;
  const asked = Array.from({ length: 70 }, () => ({
    story: Array.from({ length: random.integer(1, 5) }, () => Array.from({ length: random.integer(1, 4) }, word)),
    question: [word()],
  }));
  const together = model.answers(engine, asked);
  asked.forEach(({ story, question }, i) => assert.equal(together[i], model.answer(engine, story, question)));
});

networks("a text is its words, and what it cannot read it refuses by name", () => {
  const model = lively();
  assert.equal(model.answer(engine, ["A b.", "C!"], "d?"), model.answer(engine, [["a", "b"], ["c"]], ["d"]));
  const refused = (story: unknown, asked: unknown): Error =>
    thrownBy(() => model.answer(engine, story as string[], asked as string));
  const name = "DynamicMemoryNetwork.answer";
  assert.is(refused([], "a").message, `${name}: the story has no sentence, and must have at least one`);
  assert.is(
    refused(["a zebra"], "a").message,
    `${name}: sentence 1's word "zebra" is not in the vocabulary, which has 7 words`,
  );
  assert.match(refused(["a"], "who?").message, `${name}: the question's word "who" is not in the vocabulary`);
  assert.is(refused(["a", "."], "a").message, `${name}: sentence 2 has 0 words, and must have 1 to 4`);
  assert.is(refused(["a"], "a b c d e").message, `${name}: the question has 5 words, and must have 1 to 4`);
  assert.is(refused("a b.", "a").message, `${name}: the story is "a b.", and must be an array of sentences`);
  assert.instance(refused([7], "a"), TypeError);
  const several = thrownBy(() =>
    model.answers(engine, [
      { story: ["a"], question: "b" },
      { story: ["a"], question: "x" },
    ]),
  );
  assert.match(several.message, /^DynamicMemoryNetwork.answers: question 1: the question's word "x" is not/);
  assert.equal(model.answers(engine, []), []);
});

networks("learns in seconds where somebody is, and which sentence says so", async () => {
  const release = await testEngine("release");
  const task = babiTask({ tasks: [1], count: 500, seed: 1, bucket: 128 });
  const { symbols, slots, words } = task;
  const model = new DynamicMemoryNetwork({ symbols, slots, words, attention: "softmax", supportWeight: 1, seed: 1 });
  const optimizer = adam({ learningRate: 3e-3 });
  for await (const _ of train(release, model, task, { batch: 8, optimizer, seed: 1, steps: 700 }));
  const { answerError } = await evaluate(release, model, task, { sequences: 200 });
  assert.ok(answerError <= 0.02, String(answerError));
  const story = ["John went to the office.", "Mary went to the garden.", "Daniel moved to the kitchen."];
  const { answer, attention } = model.answer(release, story, "Where is Mary?");
  assert.is(answer, "garden");
  assert.ok(attention[0]![1]! > 0.8, JSON.stringify(attention));
  assert.equal(
    load(save(model), { models: [DynamicMemoryNetwork] }).answer(release, story, "Where is Mary?"),
    model.answer(release, story, "Where is Mary?"),
  );
  release.dispose();
});

networks("says which of its options is wrong, and which task does not fit", () => {
  const error = (options: object): Error => thrownBy(() => new DynamicMemoryNetwork({ ...tiny, ...options }));
  const name = "DynamicMemoryNetwork";
  assert.is(error({ attention: "none" }).message, `${name}: attention is "none", and must be "gate" or "softmax"`);
  assert.match(error({ episodes: 0 }).message, `${name}: episodes is 0, and must be a whole number from 1 to 16`);
  assert.match(error({ supportWeight: -1 }).message, `${name}: supportWeight is -1, and must be`);
  assert.match(error({ hops: 3 }).message, `${name} has no option "hops"; it has symbols, slots, words, episodes`);
  const other = babiTask({ tasks: [1], count: 9 });
  const unfit = thrownBy(() => new DynamicMemoryNetwork(tiny).expectFit("train", other));
  assert.match(unfit.message, "train: the model's symbols are not those of the task babi");
});
networks.run();
