/** Every system compiles, and its compiled models have the bits of the model: in the smallest binary, at any batch size. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../bindings/common/random/philox.js";
import type { CompiledModel } from "../bindings/compiled/compiledModel.js";
import { compileModel } from "../bindings/compiled/compileModel.js";
import { decode, generate } from "../bindings/compiled/decoding.js";
import { loadCompiled } from "../bindings/compiled/loadCompiled.js";
import { Graph } from "../bindings/graph/graph.js";
import type { Model } from "../bindings/models/model.js";
import type { RecurrentModel } from "../bindings/models/recurrentModel.js";
import { AttentionSeq2Seq } from "../bindings/systems/attentionSeq2Seq/attentionSeq2Seq.js";
import { datesTask } from "../bindings/systems/attentionSeq2Seq/dates.js";
import { systems } from "../bindings/systems/declarations.js";
import type { SystemDeclaration } from "../bindings/systems/defineSystem.js";
import { PointerNetwork } from "../bindings/systems/pointerNetwork/pointerNetwork.js";
import { RecurrentNetwork } from "../bindings/systems/recurrentNetwork/recurrentNetwork.js";
import { Batch } from "../bindings/tasks/batch.js";
import type { AnyTask } from "../bindings/tasks/task.js";
import { call, type NamedValues } from "../bindings/runtime/call.js";
import { Executable } from "../bindings/runtime/executable.js";
import { variantOf } from "../bindings/runtime/method.js";
import { executable } from "../bindings/runtime/executableGraph.js";
import type { Generated } from "../bindings/runtime/generate/readChoices.js";
import { STREAM_START, STREAM_STEP } from "../bindings/runtime/generate/names.js";
import { modelOf } from "./support/declaredModel.js";
import { testEngine } from "./support/engine.js";
import { thrownBy } from "./support/thrown.js";

const declared: readonly SystemDeclaration[] = systems;
const engine = await testEngine("release");
const small = await testEngine("run");
const LIMIT = 7;

/** Beams where the model decodes. */
const searchOf = (model: Model<string>): { beam?: number; lengthPenalty?: number } =>
  "greedy" in model.methods({ trace: [], beam: 1, lengthPenalty: 1 }) ? { beam: 3, lengthPenalty: 0.5 } : {};

/** What the model has of a task's examples, as arrays by name. */
function examplesOf(model: Model<string>, task: AnyTask, count: number): NamedValues {
  const batch = new Batch(model.batchLayout(task));
  task.generate(new Random(4, count), count, batch as never, {} as never);
  const shapes = Object.entries(batch.layout).map(([name, axes]) => {
    const shape = axes.map((axis) => (axis === "batch" ? count : (batch.dimensions[axis] ?? (axis as number))));
    const length = shape.reduce((a, b) => a * b, 1);
    return [name, { data: batch.block(name).slice(0, length), shape }] as const;
  });
  return Object.fromEntries(shapes);
}

/** The input that a run's seed fills. */
const STREAMS = "streams";

/**
 * Inputs of a method out of a task's examples, and what a caller says beside. A method of single steps has the first of
 * the examples' steps, and random numbers for a state that it goes on from.
 */
function given(record: (graph: Graph, batch: number) => void, examples: NamedValues, count: number) {
  const graph = new Graph();
  record(graph, count);
  const extra: NamedValues = { temperature: { data: new Array<number>(count).fill(0.7), shape: [count] } };
  const random = new Random(8);
  const inputs = Object.fromEntries(
    [...graph.inputs]
      .filter(([name]) => name !== STREAMS)
      .map(([name, { shape: wanted }]): [string, NamedValues[string]] => {
        const example = examples[name] ?? extra[name];
        if (!example) {
          const shape = wanted as readonly number[];
          const size = shape.reduce((a, b) => a * b, 1);
          return [name, { data: Array.from({ length: size }, () => random.uniform(-1, 1)), shape }];
        }
        const { data, shape } = example;
        const isOneStep = shape.length === wanted.length + 1 && shape.at(-1) === wanted.at(-1) && shape.at(-1) !== 1;
        if (!isOneStep) return [name, { data, shape: shape.slice(0, wanted.length) }]; // a last axis of 1 or none
        const step = shape.slice(1);
        return [
          name,
          {
            data: Array.from(data).slice(
              0,
              step.reduce((a, b) => a * b, 1),
            ),
            shape: step,
          },
        ];
      }),
  );
  const lengths: Record<string, number> = graph.dimensions.has("limit") ? { limit: LIMIT } : {};
  return { inputs, options: { lengths, seed: 5 } };
}

for (const system of declared) {
  const test = suite(`compiled ${system.model.className}`);
  const task = system.example.task();
  const model = modelOf(system, task);
  const search = searchOf(model);
  const methods = model.methods({ trace: [], beam: 1, lengthPenalty: 1, ...search });
  const bytes = compileModel(model, search);
  const compiled: CompiledModel = loadCompiled(bytes);

  test("it has the model's methods, parameters and options", () => {
    assert.equal(compiled.methods, Object.keys(methods));
    assert.is(compiled.parameterCount, model.parameterCount);
    assert.equal(compiled.options, JSON.parse(JSON.stringify(model.options)));
    assert.equal(compileModel(modelOf(system, task), search), bytes, "the same model makes the same file");
  });

  for (const [name, method] of Object.entries(methods).filter(([name]) => name !== STREAM_STEP)) {
    // Streams are of one example; 11 are a full shard and single rows.
    for (const count of name === STREAM_START ? [1] : [1, 11]) {
      test(`${name} has the bits of the model, ${count} at a time`, () => {
        const { inputs, options } = given(method.record, examplesOf(model, task, count), count);
        const variant = variantOf(model, name, method);
        const callee = { owner: name, runner: new Executable(model), variant, ports: variant.program(1) };
        const expected = call(engine, callee, inputs, options);
        assert.equal(compiled.call(small, name, inputs, options), expected);
        assert.ok(Object.values(expected).some(({ data }) => data.some((x) => x !== 0)));
      });
    }
  }

  if (STREAM_STEP in methods) {
    test("steps of a stream go on from what they left, with the bits of the model", () => {
      const start = methods[STREAM_START]!.record;
      const { inputs, options } = given(start, examplesOf(model, task, 1), 1);
      const step = executable(engine, model, methods[STREAM_STEP]!.record);
      const whole = compiled.call(small, "greedy", inputs, { lengths: { limit: LIMIT } });
      let state = compiled.call(small, STREAM_START, inputs, options);
      for (let t = 0; t < whole["live"]!.data.filter((row) => row > 0).length; ++t) {
        const next = compiled.call(small, STREAM_STEP, state);
        assert.equal(next, step(state));
        const { choice, ended, ...rest } = next;
        assert.is(choice!.data[0], whole["choices"]!.data[t]);
        if (ended!.data[0]) break;
        state = { ...state, ...rest };
      }
    });
  }

  if (model.sessionProgram) {
    test("sessions have the bits of the model", () => {
      const recurrent = model as RecurrentModel;
      const [ours, theirs] = [compiled.session(small), recurrent.session(engine)];
      const random = new Random(9);
      for (let t = 0; t < 5; ++t) {
        const x = Array.from({ length: recurrent.inputSize }, () => random.uniform(-1, 1));
        assert.equal(ours.step(x), theirs.step(x));
      }
    });
  } else {
    test("it has no session, and says what it has", () => {
      assert.match(thrownBy(() => compiled.session(small)).message, /has no .*; its methods are /);
    });
  }

  test("a method, an input, a length that it does not have is refused", () => {
    const [name, { record }] = Object.entries(methods)[0]!;
    const { inputs, options } = given(record, examplesOf(model, task, 2), 2);
    const refused = (call: () => unknown, reason: RegExp): void => assert.match(thrownBy(call).message, reason);
    refused(() => compiled.call(small, "launch", inputs, options), /has no method "launch"; its methods are /);
    refused(() => compiled.call(small, name, { ...inputs, z: inputs["x"]! }, options), /has no input "z"; it has /);
    refused(() => compiled.call(small, name, {}, options), /needs the input /);
    const [input, { data, shape }] = Object.entries(inputs)[0]!;
    const longer = { data: [...Array.from(data), 0], shape };
    refused(() => compiled.call(small, name, { ...inputs, [input]: longer }, options), /and must be \(/);
    const withOptions = (changed: object) => () => compiled.call(small, name, inputs, { ...options, ...changed });
    refused(withOptions({ sed: 1 }), /has no option "sed"; it has lengths, seed/);
    refused(withOptions({ lengths: { ...options.lengths, depth: 2 } }), /has no length "depth"/);
    for (const seed of [-1, 0.5, NaN, 2 ** 32, "1"]) refused(withOptions({ seed }), /seed is .*, and must be a whole/);
    const odd = { data: Array.from(data, (x, i) => (i ? x : NaN)), shape };
    refused(() => compiled.call(small, name, { ...inputs, [input]: odd }, options), /something that is not a number/);
    if ("limit" in options.lengths) refused(() => compiled.call(small, name, inputs), /needs the length of "limit"/);
  });

  test.run();
}

const decoding = suite("decoding with a compiled model");
const SOURCES = ["5 may 2011", "march 3, 1999", "1/2/03"];

decoding("a seq2seq's choices are the symbols of the model, with their scores and attention", async () => {
  const task = datesTask({ seed: 1 });
  const { sourceSymbols, targetSymbols } = task;
  const model = new AttentionSeq2Seq({ sourceSymbols, targetSymbols, hiddenSize: 8, embeddingSize: 4, seed: 3 });
  const compiled = loadCompiled(compileModel(model, { beam: 4, trace: ["attention"] }));
  const ids = SOURCES.map((source) => [...source].map((symbol) => model.source.numberOf(symbol) ?? 0));
  const wordsOf = ({ choices, ended }: Pick<Generated, "choices" | "ended">): string[] =>
    (ended ? choices.slice(0, -1) : choices).map((id) => model.target.symbolOf(id));
  for (const options of [{ limit: 6 }, { limit: 9, beam: 4 }, { limit: 6, temperature: 2, seed: 7 }]) {
    const expected = SOURCES.map((source) => model.run(engine, [source], { ...options, attention: true })[0]!);
    const actual = ids.map((source) => generate(compiled, small, [source], options)[0]!);
    actual.forEach((target, i) => {
      assert.equal(wordsOf(target), expected[i]!.symbols);
      assert.is(target.score, expected[i]!.score);
      assert.equal([...target.attention!.data], [...expected[i]!.attention!.data]);
      assert.equal(
        target.beams.map(wordsOf),
        expected[i]!.beams.map(({ symbols }) => symbols),
      );
    });
    if (!("temperature" in options)) assert.equal(generate(compiled, small, ids, options), actual, "together");
  }
  const said: string[] = [];
  for await (const symbol of model.decode(engine, SOURCES[0]!, { limit: 5 })) said.push(symbol);
  const chosen: number[] = [];
  for (const choice of decode(compiled, small, ids[0]!, { limit: 5 })) chosen.push(choice);
  assert.equal(wordsOf({ choices: chosen, ended: said.length < chosen.length }), said);
});

decoding("a pointer network's choices are the places of the model", () => {
  const model = new PointerNetwork({ inputSize: 2, ends: "repeat", hiddenSize: 8, embeddingSize: 4, seed: 2 });
  const compiled = loadCompiled(compileModel(model, { beam: 3, lengthPenalty: 0 }));
  const random = new Random(1);
  const sets = [5, 3, 9].map((count) =>
    Array.from({ length: count }, () => [random.uniform(0, 1), random.uniform(0, 1)]),
  );
  for (const beam of [1, 3]) {
    const expected = model.run(engine, sets, { beam });
    const actual = generate(compiled, small, sets, { beam });
    assert.equal(
      actual.map(({ choices }) => choices),
      expected.map(({ places }) => places),
    );
    assert.equal(
      actual.map(({ score }) => score),
      expected.map(({ score }) => score),
    );
  }
});

decoding("what cannot be is refused", () => {
  const model = new PointerNetwork({ inputSize: 2, ends: "count", hiddenSize: 4, embeddingSize: 4, seed: 2 });
  const compiled = loadCompiled(compileModel(model));
  const refused = (options: object, reason: RegExp, sources: unknown = [[[0, 1]]]): void =>
    assert.match(thrownBy(() => generate(compiled, small, sources as never, options)).message, reason);
  refused({ beam: 3 }, /has no method "beam 3"; its methods are greedy/);
  refused({ beam: 0 }, /beam is 0/);
  refused({ limit: 0 }, /limit is 0/);
  refused({ seed: 1 }, /seed is for what is drawn/);
  refused({ beam: 2, temperature: 1 }, /beam search draws nothing/);
  refused({ temperature: 0 }, /temperature is 0/);
  refused({ lengthPenalty: 1 }, /lengthPenalty/);
  refused({}, /must be an array/, "abc");
  refused({}, /at least one/, []);
  refused({}, /must have 2/, [[[0, 1, 2]]]);
  refused({}, /must be finite/, [[[0, NaN]]]);
  const speller = new AttentionSeq2Seq({ sourceSymbols: ["a"], targetSymbols: ["b"], hiddenSize: 4, seed: 1 });
  const spelling = loadCompiled(compileModel(speller));
  const last = speller.source.size - 1;
  assert.ok(generate(spelling, small, [[last]]).length);
  assert.match(
    thrownBy(() => generate(spelling, small, [[last + 1]])).message,
    new RegExp(`source has ${last + 1}, and takes symbols: whole numbers from 0 to ${last}`),
  );
  for (const id of [-1, 0.5]) assert.match(thrownBy(() => generate(spelling, small, [[id]])).message, /no symbol's/);
  const recurrent = new RecurrentNetwork({ cell: "gru", inputSize: 2, outputSize: 1, hiddenSize: 3 });
  const stepwise = loadCompiled(compileModel(recurrent));
  assert.match(
    thrownBy(() => generate(stepwise, small, [[[0, 1]]])).message,
    /no method "greedy"; its methods are run/,
  );
  assert.match(
    thrownBy(() => compiled.run(small, [[0, 1]])).message,
    /has no run of sequences; its methods are greedy/,
  );
  const compile = (options: object) => thrownBy(() => compileModel(recurrent, options)).message;
  assert.match(compile({ beam: 2 }), /RecurrentNetwork does not decode: leave beam/);
  assert.match(compile({ lengthPenalty: 1 }), /lengthPenalty is for beam search/);
  assert.match(compile({ trace: ["attention"] }), /no value "attention" to trace/);
  assert.match(thrownBy(() => compileModel(model, { trace: ["glow"] })).message, /no value "glow" to trace/);
});

decoding("a model without methods has nothing to compile", () => {
  class Bare extends RecurrentNetwork {
    override methods() {
      return {};
    }
  }
  const bare = new Bare({ cell: "gru", inputSize: 2, outputSize: 1, hiddenSize: 3 });
  assert.match(thrownBy(() => compileModel(bare)).message, /RecurrentNetwork has no methods/);
});

decoding.run();
