import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { load, loadCheckpoint } from "../bindings/load.js";
import { DisposedError } from "../bindings/engine/engine.js";
import { MemoryError } from "../bindings/graph/memoryError.js";
import { ShapeError } from "../bindings/graph/shape.js";
import { AdaptiveComputationTime } from "../bindings/systems/adaptiveComputationTime/adaptiveComputationTime.js";
import {
  NeuralTuringMachine,
  type NeuralTuringMachineOptions,
} from "../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { copyTask } from "../bindings/tasks/copy.js";
import { parityTask } from "../bindings/tasks/parity.js";
import { NotFiniteError } from "../bindings/training/errors.js";
import { adam, rmsProp, sgd } from "../bindings/training/optimizers.js";
import { cosine, linear, staircase, warmup, type Schedule } from "../bindings/training/schedules.js";
import { train, type TrainingStep, type TrainOptions } from "../bindings/training/train.js";
import { testEngine } from "./support/engine.js";
import { rejectedBy, thrownBy } from "./support/thrown.js";

const engine = await testEngine("release");
const tiny = { inputSize: 3, outputSize: 2, hiddenSize: 6, slots: 6, width: 4, seed: 1 };
const task = copyTask({ bits: 2, maxLength: 2, seed: 4 });
const make = (options: Partial<NeuralTuringMachineOptions> = {}): NeuralTuringMachine =>
  new NeuralTuringMachine({ ...tiny, ...options });

async function steps(model: NeuralTuringMachine, options: TrainOptions): Promise<TrainingStep<"bitError">[]> {
  const all: TrainingStep<"bitError">[] = [];
  for await (const step of train(engine, model, task, options)) all.push(step);
  return all;
}

const training = suite("training");

training("learns: the copy of two two-bit vectors", async () => {
  const model = make({ hiddenSize: 24, slots: 10, width: 6 });
  const all = await steps(model, { steps: 1500, optimizer: adam({ learningRate: 3e-3 }) });
  assert.ok(all[0]!.bitError > 1, "untrained, half of the bits are wrong");
  assert.ok(all.at(-1)!.bitError < 0.1, `${all.at(-1)!.bitError} wrong bits`);
  assert.is(all.at(-1)!.sequences, 1500 * 16);
});

training("batches of mixed lengths learn too", async () => {
  const mixed = copyTask({ bits: 2, maxLength: 3, lengths: "mixed", seed: 4 });
  const losses: number[] = [];
  const options = { steps: 300, batch: 20, optimizer: adam({ learningRate: 3e-3 }) };
  for await (const { loss } of train(engine, make(), mixed, options)) losses.push(loss);
  assert.ok(losses.at(-1)! < 0.8 * losses[0]!, `${losses[0]} → ${losses.at(-1)}`);
});

training("one that does not fit leaves no memory behind", async () => {
  const large = make({ slots: 1_000_000, width: 20 });
  const used = engine.memory.used;
  for (let i = 0; i < 2; ++i) {
    const error = await rejectedBy(train(engine, large, task, { batch: 2000 }).next());
    assert.instance(error, MemoryError);
    assert.is(engine.memory.used, used);
  }
});

training("the same seeds give the same bits, other seeds others", async () => {
  const weights = async (model: NeuralTuringMachine, options: TrainOptions): Promise<string> => {
    await steps(model, { steps: 5, ...options });
    return model.parameters.values.join();
  };
  const first = await weights(make(), {});
  assert.is(await weights(make(), {}), first);
  assert.is.not(await weights(make(), { seed: 5 }), first);
  assert.is.not(await weights(make({ seed: 2 }), {}), first);
});

training("evaluation is on fresh data and does not disturb training", async () => {
  const [plain, evaluated] = [make(), make()];
  await steps(plain, { steps: 6 });
  const reports = await steps(evaluated, { steps: 6, evaluate: { every: 2, sequences: 11, length: 2 } });
  assert.equal(plain.parameters.values, evaluated.parameters.values);
  assert.equal(
    reports.map(({ evaluation }) => evaluation !== undefined),
    [false, true, false, true, false, true],
  );
  const [a, b] = [reports[1]!.evaluation!, reports[3]!.evaluation!];
  assert.ok(a.bitError > 0 && a.bitError <= 4);
  assert.is.not(a.loss, b.loss);
});

training("hands out checkpoints that load", async () => {
  const written: number[] = [];
  const model = make();
  const write = async (bytes: Uint8Array, step: number): Promise<void> => {
    written.push(step);
    assert.equal((load(bytes) as NeuralTuringMachine).parameters.values, model.parameters.values);
  };
  await steps(model, { steps: 7, checkpoint: { every: 3, write } });
  assert.equal(written, [3, 6]);
});

training("a loss that is not finite stops it with the step and the parameter, and keeps the parameters", async () => {
  const model = make();
  const seen: Float32Array[] = [];
  const run = async (): Promise<void> => {
    for await (const { step } of train(engine, model, task, { optimizer: sgd({ learningRate: 1e30 }), clip: {} })) {
      seen[step] = model.parameters.values.slice();
    }
  };
  const error = (await rejectedBy(run())) as NotFiniteError;
  assert.instance(error, NotFiniteError);
  assert.match(error.message, new RegExp(`stopped at step ${error.step}: .* still those of step ${error.step - 1}`));
  assert.ok(error.parameter === undefined || model.parameters.parameters.some(({ path }) => path === error.parameter));
  assert.equal(model.parameters.values, seen[error.step - 1]);
});

training("leaving the loop keeps what was learned, on this engine, another, or none", async () => {
  const model = make();
  const before = model.parameters.values.slice();
  const other = await testEngine("release");
  for await (const { step } of train(other, model, task)) if (step === 2) break;
  const after = model.parameters.values.slice();
  assert.not.equal(after, before);
  const inputs = [[1, 0, 1]];
  const { outputs } = model.run(other, inputs);
  assert.equal(model.run(engine, inputs).outputs, outputs);
  for await (const { step } of train(other, model, task)) if (step === 1) break;
  other.dispose();
  other.dispose();
  assert.not.equal(model.parameters.values, after);
  assert.instance(
    thrownBy(() => model.run(other, inputs)),
    DisposedError,
  );
});

training("an engine that goes in the middle of training leaves the model and the checkpoint", async () => {
  const model = make();
  const other = await testEngine("release");
  const run = train(other, model, task);
  for await (const { step } of run) {
    if (step < 3) continue;
    other.dispose();
    break;
  }
  const { model: saved, training } = loadCheckpoint(run.checkpoint());
  assert.is(training!.step, 3);
  assert.equal(saved.parameters.values, model.parameters.values);
});

const wrong: [what: string, options: object, type: new (...args: never[]) => Error, message: RegExp][] = [
  ["a batch of 0", { batch: 0 }, RangeError, /train: batch is 0, and must be a whole number from 1/],
  ["an unknown option", { batchSize: 4 }, TypeError, /no option "batchSize"; it has batch/],
  ["a negative limit", { clip: { norm: -1 } }, RangeError, /train: clip: norm is -1, and must be/],
  ["an unknown limit", { clip: { size: 1 } }, TypeError, /train: clip has no option "size"; it has norm, value/],
  ["metadata under a name of the file's", { metadata: { training: "" } }, TypeError, /The name "training" is taken/],
  ["metadata that are no text", { metadata: { a: 1 } }, TypeError, /metadata.a is no text/],
  ["metadata that are no object", { metadata: "a" }, RangeError, /metadata is "a", and must be an object/],
  ["evaluation every 0 steps", { evaluate: { every: 0 } }, RangeError, /every is 0/],
];
for (const [what, options, type, message] of wrong) {
  training(`refuses ${what}`, () => {
    const error = thrownBy(() => train(engine, make(), task, options));
    assert.instance(error, type);
    assert.match(error.message, message);
  });
}

training("refuses a model that does not fit the task, and optimizers out of range", () => {
  const error = thrownBy(() => train(engine, make({ outputSize: 3 }), task));
  assert.instance(error, ShapeError);
  assert.is(error.message, "The model's outputSize is 3, and must be 2 for the task copy");
  assert.match(thrownBy(() => adam({ learningRate: -1 })).message, /learningRate is -1/);
  assert.match(thrownBy(() => rmsProp({ decay: 1 })).message, /decay is 1, and must be a number from 0 to below 1/);
  assert.match(thrownBy(() => sgd({ momentun: 0.5 } as never)).message, /no option "momentun"/);
  assert.match(thrownBy(() => copyTask({ minLength: 5, maxLength: 4 })).message, /must be at most maxLength/);
});

training("a memory larger than wasm can hold is refused", () => {
  assert.instance(
    thrownBy(() => make({ hiddenSize: 100_000 }).run(engine, [[0, 0, 1]])),
    MemoryError,
  );
  for (const slots of [1e7, 3e7, 1e8]) {
    const huge = make({ slots, width: 20, hiddenSize: 1 });
    const error = thrownBy(() => huge.run(engine, [[0, 0, 1]]));
    assert.instance(error, MemoryError);
    assert.match(error.message, /would have to hold [\d,]+ MiB, and can hold at most [\d,]+ MiB/);
  }
});

training("its memory goes back to the engine, and a checkpoint can be taken after it ended", async () => {
  const model = make();
  const whole = train(engine, model, task, { steps: 3, evaluate: { every: 2, sequences: 9 } });
  for await (const _ of whole) {
    // all of it
  }
  const [used, bytes] = [engine.memory.used, whole.checkpoint()];
  for (let i = 0; i < 5; ++i) {
    const resumed = train(engine, model, task, { steps: 3 + i, evaluate: { every: 2, sequences: 9 }, resume: bytes });
    for await (const { step } of resumed) assert.ok(step > 3);
  }
  assert.is(engine.memory.used, used);
});

training("a model's auxiliary loss counts as the schedule says, and after a resume too", async () => {
  const pondering = parityTask({ bits: 4, seed: 2 });
  const bits = async (auxiliaryWeight: Schedule | undefined, { timePenalty = 0.1, stop = 6 } = {}): Promise<string> => {
    const options = { batch: 4, ...(auxiliaryWeight && { auxiliaryWeight }) };
    const make = (): AdaptiveComputationTime =>
      new AdaptiveComputationTime({ inputSize: 4, outputSize: 1, hiddenSize: 5, timePenalty, seed: 1 });
    let model = make();
    const first = train(engine, model, pondering, { ...options, steps: stop });
    for await (const _ of first);
    if (stop < 6) {
      const resume = first.checkpoint();
      model = make();
      for await (const _ of train(engine, model, pondering, { ...options, steps: 6, resume }));
    }
    return String(model.parameters.values);
  };
  const falling = linear(1, 0, { begin: 2, end: 5 });
  assert.is(await bits(() => 1), await bits(undefined));
  assert.is(await bits(() => 0), await bits(undefined, { timePenalty: 0 }));
  assert.is(await bits(() => 2), await bits(undefined, { timePenalty: 0.2 }));
  assert.is.not(await bits(falling), await bits(undefined));
  assert.is(await bits(falling, { stop: 3 }), await bits(falling));
  assert.match(
    thrownBy(() => train(engine, make(), task, { auxiliaryWeight: () => 0 })).message,
    /auxiliaryWeight weighs an auxiliary loss, and this NeuralTuringMachine has none/,
  );
  const ponderer = new AdaptiveComputationTime({ inputSize: 4, outputSize: 1, hiddenSize: 5, seed: 1 });
  assert.instance(
    thrownBy(() => train(engine, ponderer, pondering, { auxiliaryWeight: 1 as never })),
    TypeError,
  );
  for (const wrong of [-1, NaN, Infinity]) {
    const error = await rejectedBy(async () => {
      for await (const _ of train(engine, ponderer, pondering, { steps: 2, auxiliaryWeight: () => wrong }));
    });
    assert.match(error.message, `The auxiliary weight of step 1 is ${wrong}, and must be finite and ≥ 0`);
  }
});

training("schedules", () => {
  const at = (schedule: (step: number) => number, ...at: number[]): number[] => at.map(schedule);
  assert.equal(at(warmup(4, 1), 1, 2, 4, 9), [0.25, 0.5, 1, 1]);
  assert.equal(at(linear(1, 0, { end: 5 }), 1, 3, 5, 6), [1, 0.5, 0, 0]);
  assert.equal(at(staircase(1, { factor: 0.5, every: 10 }), 9, 10, 25), [1, 0.5, 0.25]);
  const wave = cosine(1, { steps: 8 });
  for (let step = 0; step <= 9; ++step) {
    const exact = (1 + Math.cos((Math.PI * Math.min(step, 8)) / 8)) / 2;
    assert.ok(Math.abs(wave(step) - exact) < 1e-8, `step ${step}: ${wave(step)}, ${exact}`);
  }
});

training("a hundred thousand steps leave linear memory and the heap as they were", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const model = new NeuralTuringMachine({ inputSize: 2, outputSize: 1, hiddenSize: 4, slots: 4, width: 2 });
  const small = copyTask({ bits: 1, maxLength: 2 });
  let [heap, linear] = [0, 0];
  for await (const { step } of train(engine, model, small, { batch: 1, steps: 100_000 })) {
    if (step !== 5_000 && step !== 100_000) continue;
    collect();
    const now = [process.memoryUsage().heapUsed, engine.memory.byteLength] as const;
    if (step === 5_000) [heap, linear] = now;
    else {
      assert.is(now[1], linear);
      assert.ok(now[0] - heap < 300_000, `the heap grew by ${now[0] - heap} bytes`);
    }
  }
});

training.run();
