import * as assert from "uvu/assert";
import * as fc from "fast-check";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { load } from "../../bindings/load.js";
import type { Engine } from "../../bindings/engine/engine.js";
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import type { Session } from "../../bindings/runtime/session.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { train, type Training } from "../../bindings/training/train.js";
import { attempt, attemptAsync } from "../support/ours.js";
import { keptIn, testEngine } from "../support/engine.js";
import { property } from "./property.js";

/** Something done to the things there are, which are picked by number. */
interface Deed {
  readonly kind: (typeof kinds)[number];
  readonly engine: number;
  readonly model: number;
  readonly other: number;
}

const kinds = [
  "run",
  "run",
  "dispose",
  "session",
  "step",
  "step",
  "reset",
  "end session",
  "train",
  "next",
  "next",
  "next",
  "return",
  "checkpoint",
  "resume",
  "save",
  "set",
  "release",
] as const;

const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), engine: fc.nat(1), model: fc.nat(1), other: fc.nat(3) }),
  { minLength: 3, maxLength: 25 },
);

const options = { inputSize: 3, outputSize: 2, hiddenSize: 4, slots: 5, width: 3 };
const task = copyTask({ bits: 2, maxLength: 2 });
const sample = [
  [1, 0, 1],
  [0, 1, 0],
];
const reference = await testEngine();

/** What models compute by their parameters alone, on an engine that nothing else happens to. */
function outputsOf(model: NeuralTuringMachine): unknown {
  const copy = load(save(model));
  const { outputs } = copy.run(reference, sample);
  copy.release(reference);
  return outputs;
}

const life = property(
  "engines, models, sessions and trainings in any order",
  deeds,
  async (list) => {
    const engines = [await testEngine(), await testEngine()];
    const gone = new Set<Engine>();
    const models = [1, 2].map((seed) => new NeuralTuringMachine({ ...options, seed }));
    const sessions: Session[] = [];
    const trainings: Training[] = [];
    const files: Uint8Array[] = [];
    const pick = <T>(from: readonly T[], index: number): T | undefined => from[index % Math.max(1, from.length)];
    for (const deed of list) {
      const [engine, model] = [engines[deed.engine]!, models[deed.model]!];
      const session = pick(sessions, deed.other);
      const training = pick(trainings, deed.other);
      await attemptAsync(async () => {
        if (deed.kind === "run") {
          // Outputs are those of the parameters, whatever else goes on in the engine.
          assert.equal(model.run(engine, sample).outputs, outputsOf(model));
        } else if (deed.kind === "dispose") {
          engine.dispose();
          gone.add(engine);
        } else if (deed.kind === "session") sessions.push(model.session(engine));
        else if (deed.kind === "step") assert.ok(session?.step(sample[0]!).every(Number.isFinite) !== false);
        else if (deed.kind === "reset") session?.reset();
        else if (deed.kind === "end session") session?.dispose();
        else if (deed.kind === "train") trainings.push(train(engine, model, task, { batch: 2 }));
        else if (deed.kind === "next") await training?.next();
        else if (deed.kind === "return") await training?.return();
        else if (deed.kind === "checkpoint") files.push(...(training ? [training.checkpoint()] : []));
        else if (deed.kind === "save") files.push(save(model));
        else if (deed.kind === "set") model.parameters.set(models[1 - deed.model]!.parameters.values);
        else if (deed.kind === "release") model.release(engine);
        else if (deed.kind === "resume") {
          const resume = pick(files, deed.other);
          if (resume) trainings.push(train(engine, model, task, { batch: 2, resume }));
        }
      });
    }
    for (const bytes of files) load(bytes);
    for (const training of trainings) await attemptAsync(() => training.return());
    for (const session of sessions) attempt(() => session.dispose());
    for (const model of models) {
      assert.ok(model.parameters.values.every(Number.isFinite));
      for (const engine of engines) model.release(engine);
    }
    for (const engine of engines) {
      if (!gone.has(engine)) assert.is(keptIn(engine), 0);
      engine.dispose();
    }
  },
  { cost: 1 },
);

export default [life];
