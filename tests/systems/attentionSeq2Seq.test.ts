import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { load } from "../../bindings/load.js";
import { compile } from "../../bindings/graph/compile.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import { STREAMS } from "../../bindings/graph/streams.js";
import { ShapeError } from "../../bindings/graph/shape.js";
import { AttentionSeq2Seq, models, type AttentionSeq2SeqOptions } from "../../bindings/models.js";
import { Random } from "../../bindings/common/random/philox.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { fillPairs, pairLayout } from "../../bindings/tasks/fillPairs.js";
import { pairsTask, type Pair } from "../../bindings/tasks/pairs.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine, threadedTestEngine } from "../support/engine.js";
import { evaluateGraph } from "../support/evaluate.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";

const engine = await testEngine();
const sourceSymbols = [..."abcde"];
const targetSymbols = [..."XYZ"];
const tiny: AttentionSeq2SeqOptions = {
  sourceSymbols,
  targetSymbols,
  hiddenSize: 4,
  embeddingSize: 2,
  attentionSize: 3,
  seed: 3,
};
const pairs: readonly Pair[] = [
  [[..."ab"], [..."XY"]],
  [[..."cdea"], [..."Z"]],
  [[..."e"], [..."XXY"]],
];
const task = pairsTask({ pairs, sourceSymbols, targetSymbols });
const batch = new Batch(pairLayout);
fillPairs(batch, [
  [
    [1, 2],
    [1, 2],
  ],
  [[3, 4, 5, 1], [3]],
  [[5], [1, 1, 2]],
]);
const ROWS = 3;

/** Values with which nothing is small. */
function spread(model: AttentionSeq2Seq): NDArray {
  void model.parameters; // lays them out
  const values = uniform(new Random(11), [model.parameterCount], -0.7, 0.7);
  model.parameters.set(values.data);
  return values;
}

const variants: Record<string, Partial<AttentionSeq2SeqOptions>> = {
  "the defaults": {},
  "LSTMs and dot products": { cell: "lstm", attention: "dot" },
  "scaled dot products": { attention: "scaledDot" },
  "general products, one direction": { attention: "general", bidirectional: false, hiddenSize: 3 },
  "no attention": { attention: "none" },
  "more symbols than are looked up": {
    sourceSymbols: [..."abcdefghijklmnopqrstuvwxyz"],
    targetSymbols: [..."xyzabcdefghijklmnopqrstuvw"],
  },
  "two layers of tanh units": { cell: "rnn", encoderLayers: 2, decoderLayers: 2 },
  "dropout, in two layers": { dropout: 0.25, encoderLayers: 2, decoderLayers: 2 },
  "scheduled sampling": { sampling: 0.5 },
  "scheduled sampling with dropout": { sampling: 0.5, dropout: 0.25, decoderLayers: 2 },
};

const seq2seq = suite("AttentionSeq2Seq");

for (const [what, options] of Object.entries(variants)) {
  seq2seq(`with ${what}: the loss and all gradients are those of double precision`, () => {
    const model = new AttentionSeq2Seq({ ...tiny, ...options });
    const values = spread(model);
    const words = Uint32Array.from({ length: 4 * STREAMS }, (_, i) => [7, 0, 0, 40 + (i >> 2)][i % 4]!);
    const inputs: Record<string, NDArray> = { streams: array([STREAMS, 4], new Float32Array(words.buffer)) };
    for (const { name, data, time, size } of batch.fields) {
      inputs[name] = array([time, ROWS, size], data.subarray(0, time * ROWS * size));
    }
    const record = (): Graph => {
      const graph = new Graph();
      const { loss, metrics } = model.objective(graph, task, ROWS);
      graph.result("loss", loss);
      for (const [name, measure] of Object.entries(metrics)) graph.result(name, measure);
      return graph;
    };
    const lengths = { source: 4, time: 4 };
    const f = ([all]: readonly NDArray[]): NDArray[] => {
      const graph = record();
      const parameters = new Map(
        model.parameters.parameters.map((p) => [p, array(p.shape, all!.data.subarray(p.offset, p.offset + p.size))]),
      );
      return [evaluateGraph(graph, { inputs, parameters, lengths })(graph.results.get("loss")!)];
    };
    const [expected] = f([values]);
    const graph = record();
    const program = compileGradients(graph, { differentiate: "loss", parameterCount: model.parameterCount });
    const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => program.inputs.has(name)));
    const run = runProgram(engine, program, given, { lengths, parameters: model.parameters.values });
    assert.ok(
      Math.abs(run.results["loss"]! - expected!.data[0]!) < 1e-4,
      `${run.results["loss"]} is ${expected!.data[0]}`,
    );
    const [gradients] = numericalGradients(f, [values], [array([], [1])]);
    close(array(values.shape, run.gradients), gradients!, { rtol: 2e-4, atol: 2e-5 });
  });
}

const sources = ["ab", "cdea", "e", "abcde", "bb", "ddddddd", "a"];

seq2seq("a batch gives the symbols, scores and weights of its sources one by one, in their order", () => {
  const model = new AttentionSeq2Seq({ ...tiny, cell: "lstm" });
  spread(model);
  for (const options of [{ attention: true }, { attention: true, beam: 4 }]) {
    const together = model.run(engine, sources, options);
    sources.forEach((source, i) => {
      const [alone] = model.run(engine, [source], options);
      assert.equal(together[i]!.symbols, alone!.symbols);
      assert.equal(together[i]!.beams, alone!.beams);
      assert.equal(together[i]!.attention, alone!.attention);
    });
  }
});

seq2seq("says symbol by symbol what a run says at once, and computes no more than is asked for", async () => {
  const model = new AttentionSeq2Seq({ ...tiny, seed: 5 });
  spread(model);
  for (const [i, { symbols }] of model.run(engine, sources, { limit: 9 }).entries()) {
    const said: string[] = [];
    for await (const symbol of model.decode(engine, sources[i]!, { limit: 9 })) said.push(symbol);
    assert.equal(said, symbols);
  }
  for await (const symbol of model.decode(engine, "ab")) {
    assert.type(symbol, "string");
    break; // gives back what it holds
  }
});

/** log-probabilities of a target by the teacher-forced program, which shares only the step with decoding. */
function scoreOf(model: AttentionSeq2Seq, source: readonly number[], target: readonly number[]): number {
  const forced = new Batch(pairLayout);
  fillPairs(forced, [[source, target]]);
  const graph = new Graph();
  graph.result("loss", model.objective(graph, task, 1).loss);
  const inputs = forced.fields.map(({ name, data, time, size }) => [
    name,
    array([time, size], data.subarray(0, time * size)),
  ]);
  const run = runProgram(engine, compile(graph), Object.fromEntries(inputs) as Record<string, NDArray>, {
    lengths: forced.dimensions,
    parameters: model.parameters.values,
  });
  return -run.results["loss"]!;
}

seq2seq("a beam as wide as all there is finds the likeliest of all targets, with each length penalty", () => {
  const model = new AttentionSeq2Seq(tiny);
  spread(model);
  const LIMIT = 3;
  const targets: number[][] = [[]];
  for (let i = 0; i < targets.length; ++i) {
    if (targets[i]!.length < LIMIT - 1)
      for (let symbol = 1; symbol <= 3; ++symbol) targets.push([...targets[i]!, symbol]);
  }
  for (const lengthPenalty of [0, 1, 0.6]) {
    const { beams } = model.run(engine, ["cab"], { beam: 64, lengthPenalty, limit: LIMIT })[0]!;
    const ended = beams.filter((beam) => beam.ended);
    const all = targets
      .map((target) => ({ target, score: scoreOf(model, [3, 1, 2], target) }))
      .sort(
        (a, b) => b.score / (b.target.length + 1) ** lengthPenalty - a.score / (a.target.length + 1) ** lengthPenalty,
      );
    assert.is(ended.length, all.length);
    all.forEach(({ target, score }, i) => {
      assert.equal(
        ended[i]!.symbols,
        target.map((number) => targetSymbols[number - 1]),
      );
      assert.ok(Math.abs(ended[i]!.score - score) < 1e-4);
    });
  }
});

seq2seq(
  "a beam finds nothing less likely than going greedily, and a wider one nothing less likely than a narrow one",
  () => {
    const model = new AttentionSeq2Seq({ ...tiny, cell: "lstm" });
    spread(model);
    const ranks = [1, 2, 40].map((beam) => model.run(engine, sources, { beam, lengthPenalty: 0, limit: 6 }));
    sources.forEach((_, i) => {
      assert.ok(ranks[1]![i]!.score >= ranks[0]![i]!.score - 1e-5);
      assert.ok(ranks[2]![i]!.score >= ranks[1]![i]!.score - 1e-5);
    });
  },
);

seq2seq("weights are a share of each annotation: they sum to 1, one row for each symbol and the end", () => {
  const model = new AttentionSeq2Seq(tiny);
  spread(model);
  for (const { symbols, attention, ended } of model.run(engine, sources, { attention: true, limit: 5 })) {
    assert.is(attention!.length, symbols.length + Number(ended));
    for (const row of attention!) assert.ok(Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-5);
  }
  const none = new AttentionSeq2Seq({ ...tiny, attention: "none" });
  assert.is(none.run(engine, ["ab"], { attention: true })[0]!.attention, null);
});

seq2seq("a symbol that is not in the vocabulary is the unknown one, and a long source ends at the limit", () => {
  const model = new AttentionSeq2Seq(tiny);
  spread(model);
  const [strange, other] = model.run(engine, ["a語", "aß"]);
  assert.equal(strange!.symbols, other!.symbols);
  const [long] = model.run(engine, ["ab".repeat(5000)]);
  assert.ok(long!.symbols.length <= 1000);
});

seq2seq("refuses what it cannot do", async () => {
  const model = new AttentionSeq2Seq(tiny);
  const refused: readonly (readonly [what: () => unknown, message: RegExp])[] = [
    [() => model.run(engine, [""]), /AttentionSeq2Seq.run: source 0 is empty, and must have at least one symbol/],
    [() => model.run(engine, ["a", []]), /source 1 is empty/],
    [() => model.run(engine, "ab" as never), /the sources are "ab", and must be an array/],
    [() => model.run(engine, [3 as never]), /source 0 is 3, and must be a string or an array of symbols/],
    [() => model.run(engine, ["a"], { beam: 0 }), /beam is 0, and must be a whole number from 1 to 256/],
    [() => model.run(engine, ["a"], { lengthPenalty: NaN }), /lengthPenalty is NaN/],
    [() => model.run(engine, ["a"], { limit: 0 }), /limit is 0/],
    [() => model.run({} as never, ["a"]), /the engine is an object, and must be what Engine.create\(\) resolves to/],
    [() => new AttentionSeq2Seq({ ...tiny, hiddenSize: 5 }), /hiddenSize is 5, and must be an even number/],
    [
      () => new AttentionSeq2Seq({ ...tiny, sourceSymbols: ["a", "a"] }),
      /sourceSymbols is .* must be an array of symbols, each a string and each once/,
    ],
    [() => new AttentionSeq2Seq({ ...tiny, targetSymbols: [] }), /targetSymbols/],
    [() => new AttentionSeq2Seq({ ...tiny, dropout: 1 }), /dropout is 1, and must be a number from 0 to below 1/],
  ];
  for (const [what, message] of refused) assert.match(thrownBy(what).message, message);
  const unfit = thrownBy(() => train(engine, model, pairsTask({ pairs: [[["q"], ["X"]]] })));
  assert.instance(unfit, ShapeError);
  assert.match(unfit.message, /train: the model's sourceSymbols are not those of the task pairs/);
  let error: Error | undefined;
  await model
    .decode(engine, "")
    .next()
    .catch((thrown: Error) => (error = thrown));
  assert.match(error!.message, /AttentionSeq2Seq.decode: the source is empty/);
});

const release = await testEngine("release");
const letters = [..."abcdef"];
const random = new Random(4);
const reversed = Array.from({ length: 400 }, (): Pair => {
  const word = Array.from({ length: random.integer(1, 5) }, () => letters[random.integer(0, 5)]!);
  return [word, word.toReversed()];
});
const reversing = pairsTask({ pairs: reversed, seed: 2 });
const learner = (options: Partial<AttentionSeq2SeqOptions> = {}): AttentionSeq2Seq =>
  new AttentionSeq2Seq({
    sourceSymbols: letters,
    targetSymbols: letters,
    hiddenSize: 32,
    embeddingSize: 16,
    attentionSize: 16,
    seed: 1,
    ...options,
  });

seq2seq("learns to reverse words, and looks at them from their end", async () => {
  const model = learner({ dropout: 0.1 });
  for await (const { step } of train(release, model, reversing, {
    batch: 32,
    optimizer: adam({ learningRate: 5e-3 }),
    steps: 500,
  })) {
    if (step === 500) break;
  }
  const { symbols, attention } = model.run(release, ["fabce"], { attention: true, beam: 3 })[0]!;
  assert.is(symbols.join(""), "ecbaf");
  for (let t = 0; t < 5; ++t) assert.is(attention![t]!.indexOf(Math.max(...attention![t]!)), 4 - t, `step ${t}`);
});

async function trained(
  steps: number,
  on = release,
  resume?: Uint8Array,
): Promise<{ bytes: Uint8Array; model: AttentionSeq2Seq }> {
  const model = learner({ dropout: 0.2, sampling: 0.3, hiddenSize: 8, decoderLayers: 2 });
  const training = train(on, model, reversing, { batch: 64, steps, ...(resume && { resume }) });
  for await (const { loss } of training) assert.ok(loss > 0);
  return { bytes: training.checkpoint(), model };
}

seq2seq(
  "training that was stopped and resumed has the bits of one that was not, dropout and sampling included",
  async () => {
    const half = await trained(3);
    const whole = await trained(6);
    const resumed = await trained(6, release, half.bytes);
    assert.equal(resumed.model.parameters.values, whole.model.parameters.values);
  },
);

seq2seq("any number of threads gives the same bits", async () => {
  const alone = await trained(4);
  for (const threads of [2, 3]) {
    const team = await threadedTestEngine({ threads });
    const shared = await trained(4, team);
    assert.equal(shared.model.parameters.values, alone.model.parameters.values);
    const said = shared.model.run(team, ["abc", "fed"], { beam: 3 });
    assert.equal(said, alone.model.run(release, ["abc", "fed"], { beam: 3 }));
    team.dispose();
  }
});

seq2seq("a saved model comes back with its vocabularies, and says the same", () => {
  const model = new AttentionSeq2Seq(tiny);
  spread(model);
  const loaded = load(save(model, { task }), { models });
  assert.instance(loaded, AttentionSeq2Seq);
  assert.equal(loaded.options, model.options);
  assert.equal((loaded as AttentionSeq2Seq).run(engine, sources), model.run(engine, sources));
});

seq2seq("gives back what it holds", () => {
  const own = learner();
  const before = release.memory.used;
  own.run(release, ["abc"], { beam: 2 });
  assert.ok(release.memory.used > before);
  own.release(release);
  assert.is(release.memory.used, before);
});

seq2seq("the score of what it says itself is the score that it says it with, a pair or many at once", () => {
  const model = new AttentionSeq2Seq({ ...tiny, cell: "lstm" });
  spread(model);
  const ended = model
    .run(engine, sources, { limit: 40, lengthPenalty: 0, beam: 4 })
    .flatMap(({ beams }, i) => beams.map((beam) => ({ ...beam, source: sources[i]! })))
    .filter((beam) => beam.ended);
  assert.ok(ended.length > 4, String(ended.length));
  const pairs = ended.map(({ source, symbols }) => [source, symbols] as const);
  const scores = model.score(engine, pairs);
  scores.forEach((score, i) => assert.ok(Math.abs(score - ended[i]!.score) < 1e-4, `${score} is ${ended[i]!.score}`));
  pairs.forEach((pair, i) => assert.is(model.score(engine, [pair])[0], scores[i]));
});

seq2seq("probabilities of all targets up to a length, and of longer ones, sum to 1", () => {
  const model = new AttentionSeq2Seq({ ...tiny, targetSymbols: ["x", "y"] });
  spread(model);
  const short = ["", "x", "y", "xx", "xy", "yx", "yy"];
  const scores = model.score(
    engine,
    short.map((target) => ["ab", target] as const),
  );
  const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
  assert.ok(total < 1 && total > 0.1, String(total));
  // What is not there of them is what goes on: of the four of two symbols, whatever follows but the end.
  const beginnings = model.score(
    engine,
    ["xxx", "xxy", "xyx", "xyy", "yxx", "yxy", "yyx", "yyy"].map((target) => ["ab", target] as const),
  );
  const three = total + beginnings.reduce((sum, score) => sum + Math.exp(score), 0);
  assert.ok(three > total && three < 1, String(three));
});

seq2seq("a target with an unknown symbol, and pairs that are none, are refused by name", () => {
  const model = new AttentionSeq2Seq(tiny);
  const said = (pairs: unknown): string => thrownBy(() => model.score(engine, pairs as never)).message;
  assert.match(said([["ab", "?"]]), /target 0 holds "\?", which is not in the vocabulary/);
  assert.match(said([["", "x"]]), /source 0 is empty/);
  assert.match(said([["ab", 3]]), /target 0 is 3, and must be a string or an array of symbols/);
  assert.match(said("ab"), /the pairs are "ab", and must be an array/);
  assert.equal(model.score(engine, []), []);
});

seq2seq.run();
