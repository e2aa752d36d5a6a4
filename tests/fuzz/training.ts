import * as assert from "uvu/assert";
import * as fc from "fast-check";
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { adam, rmsProp, sgd } from "../../bindings/training/optimizers.js";
import { train, type Training } from "../../bindings/training/train.js";
import { attempt, attemptAsync } from "../support/ours.js";
import { keptIn, testEngine } from "../support/engine.js";
import { property } from "./property.js";
import { anything, options } from "./values.js";

const engine = await testEngine();
const model = new NeuralTuringMachine({ inputSize: 3, outputSize: 2, hiddenSize: 4, slots: 5, width: 3, seed: 1 });
const task = copyTask({ bits: 2, maxLength: 2 });
const values = model.parameters.values.slice();
model.parameters.in(engine);
const kept = keptIn(engine);

/** Takes steps until something is refused, and leaves nothing behind in the engine. */
async function tried(start: () => Training<"bitError">, steps = 2): Promise<void> {
  model.parameters.set(values);
  const training = attempt(start);
  if (!training) {
    assert.equal(model.parameters.values, values);
  } else {
    await attemptAsync(async () => {
      for (let step = 1; step <= steps; ++step) {
        const { value } = await training.next();
        if (value) assert.ok(Number.isFinite(value.loss) && value.step === step);
      }
    });
    attempt(() => training.checkpoint());
    await training.return();
  }
  assert.is(keptIn(engine), kept, "training left something in the engine's memory");
}

const right = { batch: 2, steps: 3, seed: 1, optimizer: adam(), clip: { norm: 1 } };
const evaluate = fc.oneof(options({ every: 1, sequences: 2 }, ["length"]), anything);
const checkpoint = fc.oneof(options({ every: 1, write: () => undefined }), anything);
const clip = fc.oneof(options({ norm: 1 }, ["value"]), anything);
const given = fc.tuple(
  options(right, ["evaluate", "checkpoint", "resume"]),
  fc.option(evaluate),
  fc.option(checkpoint),
  fc.option(clip),
);

const settings = property(
  "train: options",
  given,
  async ([given, evaluate, checkpoint, clip]) => {
    const some = {
      ...(evaluate !== null && { evaluate }),
      ...(checkpoint !== null && { checkpoint }),
      ...(clip !== null && { clip }),
    };
    const all = typeof given === "object" && given !== null ? { ...given, ...some } : given;
    // A batch this large is allowed, and takes the time it asks for.
    const isHuge = (value: unknown): boolean => typeof value === "number" && value > 1000 && value <= 0x1_0000;
    if (isHuge((all as { batch?: number } | null | undefined)?.batch)) return;
    await tried(() => train(engine, model, task, all as never));
  },
  { cost: 4 },
);

const whats = property(
  "train: engine, model and task",
  fc.tuple(fc.nat(2), options({ ...task })),
  async ([which, wrong]) => {
    const all = [engine, model, task] as unknown[];
    all[which] = wrong;
    if (which === 2 && typeof wrong === "object" && wrong !== null) {
      // What a task's own functions return is its own affair.
      const functions = ["generate", "loss", "metrics"] as const;
      if (
        functions.some(
          (name) =>
            (wrong as never)[name] !== task[name] && ["function", "object"].includes(typeof (wrong as never)[name]),
        )
      )
        return;
    }
    await tried(() => (train as (...all: unknown[]) => Training<"bitError">)(...all, { batch: 2 }), 1);
  },
  { cost: 4 },
);

const rate = fc.oneof(anything, fc.constantFrom<unknown>(1e30, 3e38, 1e-40));
const rates = property(
  "train: learning rates",
  fc.tuple(fc.constantFrom(adam, rmsProp, sgd), rate, rate, fc.boolean()),
  async ([make, first, second, plain]) => {
    const learningRate = ((step: number) => (step === 1 ? first : second)) as never;
    await tried(
      () =>
        train(engine, model, task, {
          batch: 2,
          clip: {},
          optimizer: make({ learningRate: plain ? (first as never) : learningRate }),
        }),
      3,
    );
  },
  { cost: 4 },
);

export default [settings, whats, rates];
