import { sequenceLayout } from "../../bindings/models/sequenceLayout.js";
import * as assert from "uvu/assert";
import * as fc from "fast-check";
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { Random } from "../../bindings/common/random/philox.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { adam, rmsProp, sgd } from "../../bindings/training/optimizers.js";
import { cosine, linear, staircase, warmup, type Schedule } from "../../bindings/training/schedules.js";
import { attempt } from "../support/ours.js";
import { property } from "./property.js";
import { anything, numbers, options } from "./values.js";

const model = { inputSize: 3, outputSize: 2, hiddenSize: 4, slots: 5, width: 3, seed: 1 };
const modelOptions = [
  "controller",
  "controllerActivation",
  "readHeads",
  "writeHeads",
  "shifts",
  "circular",
  "order",
  "outputsRead",
  "keyActivation",
  "strengthActivation",
  "gateActivation",
  "shiftActivation",
  "eraseActivation",
  "clipTo",
  "guard",
  "epsilon",
  "weightingEpsilon",
  "sharpeningEpsilon",
  "initialMemory",
  "squashInitial",
];
/** Sizes up to which a model is made in full. */
const SMALL = 1e6;

const machine = property("a NeuralTuringMachine", options(model, modelOptions), (given) => {
  const made = attempt(() => new NeuralTuringMachine(given as never));
  if (!made) return;
  const size = [...made.namedParameters()].reduce((sum, [, parameter]) => sum + parameter.size, 0);
  if (size > SMALL && size < 2 ** 27) return;
  const parameters = attempt(() => made.parameters);
  if (parameters) assert.ok(parameters.values.every(Number.isFinite));
});

const task = property(
  "copyTask",
  fc.tuple(options({ bits: 2, maxLength: 3, seed: 1 }, ["minLength", "lengths"]), anything, anything),
  ([given, count, length]) => {
    const made = attempt(() => copyTask(given as never));
    if (!made) return;
    // Each of these is allowed, and together they take the memory they ask for.
    if (made.inputSize > 1000 || (made.options["maxLength"] as number) > 1000) return;
    const batch = new Batch(sequenceLayout(made));
    const generate = made.generate.bind(made, new Random(1), count as number, batch);
    attempt(() => generate(typeof length === "number" ? { length } : {}));
    assert.ok(batch.inputs.every(Number.isFinite));
  },
);

const optimizers = property(
  "optimizers",
  fc.tuple(
    fc.constantFrom(adam, rmsProp, sgd),
    options({ learningRate: 0.1 }, ["momentum", "beta1", "beta2", "epsilon", "decay"]),
  ),
  ([make, given]) => {
    const made = attempt(() => make(given as never));
    if (!made) return;
    const rate = attempt(() => made.learningRate(1));
    if (rate !== undefined) assert.ok(rate >= 0 && Math.fround(rate) < Infinity);
    for (const value of Object.values(made.options)) assert.ok(Math.fround(value) < Infinity);
  },
);

const schedule = property(
  "schedules",
  fc.tuple(fc.nat(3), anything, anything, options({ end: 9, steps: 5, factor: 0.5, every: 3 }, ["begin", "to"])),
  ([which, a, b, given]) => {
    const pick = (...names: string[]): never =>
      (typeof given === "object" && given !== null
        ? Object.fromEntries(names.filter((name) => name in given).map((name) => [name, given[name as never]]))
        : given) as never;
    const make = [
      () => warmup(a as never, b as never),
      () => linear(a as never, b as never, pick("begin", "end")),
      () => cosine(a as never, pick("to", "steps")),
      () => staircase(a as never, pick("factor", "every")),
    ][which]!;
    const made: Schedule | undefined = attempt(make);
    if (!made || typeof b === "function") return; // what a user's own function returns is for the optimizer to check
    for (const step of [1, 2, 7, 1000]) assert.type(made(step), "number");
  },
);

const random = property("Random", fc.tuple(anything, anything, anything, numbers, numbers), ([a, b, c, low, high]) => {
  attempt(() => new Random(a as never, b as never, c as never));
  const source = new Random(1);
  const drawn = attempt(() => source.integer(low, high));
  if (drawn !== undefined) assert.ok(Number.isInteger(drawn) && drawn >= low && drawn <= high);
  attempt(() => source.integer(a as never, b as never));
  if (!(typeof low === "number" && low > 1e6)) attempt(() => source.permutation(low));
  attempt(() => source.permutation((typeof a === "number" && a > 1e6 ? 3 : a) as never));
  attempt(() => (source.position = c as never));
  assert.ok(Number.isInteger(source.word()));
});

const batch = property("Batch", fc.tuple(anything, anything, anything, anything), ([inputs, outputs, time, count]) => {
  const big = [inputs, outputs, time, count].filter((n) => typeof n === "number" && n > 1000).length;
  const made = attempt(() => new Batch(sequenceLayout({ inputSize: inputs as never, targetSize: outputs as never })));
  if (!made || big === 1) return; // takes the memory it asks for
  attempt(() => made.reset(time as never, count as never));
  assert.ok(made.mask.length >= made.time * made.count);
});

export default [machine, task, optimizers, schedule, random, batch];
