import type { Engine } from "../../bindings/engine/engine.js";
import type { Model } from "../../bindings/models/model.js";
import { NeuralTuringMachine } from "../../bindings/systems/neuralTuringMachine/neuralTuringMachine.js";
import { SparseAccessMemory } from "../../bindings/systems/sparseAccessMemory/sparseAccessMemory.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import type { Contest } from "../contest.js";
import type { SystemBenchmarks } from "./benchmarks.js";

/** Words that are copied, so that a sequence has 22 steps. */
const LENGTH = 10;
const MILLION = 2 ** 20;
const LARGE = 2 ** 13;
const SMALL = 2 ** 10;

const sizes = { inputSize: 9, outputSize: 8, hiddenSize: 100, width: 32, seed: 1 } as const;
const sparse = (slots: number): Model => new SparseAccessMemory({ ...sizes, slots, heads: 4, count: 4 });
const dense = (slots: number): Model => new NeuralTuringMachine({ ...sizes, slots, readHeads: 4, writeHeads: 4 });

/**
 * A step of training, batch 1, in memories as they are at the beginning of a sequence: empty. tfjs has no memory that is
 * written in place; the peers are ours, the dense machine and a smaller memory.
 */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "sparse memory",
    name: `sam training step, ${LARGE} rows, copy of ${LENGTH}`,
    peer: `ntm, ${LARGE} rows`,
    prepare: () => contest(engine, sparse(LARGE), dense(LARGE)),
  },
  {
    group: "sparse memory",
    name: `sam training step, ${MILLION} rows, copy of ${LENGTH}`,
    peer: `sam, ${SMALL} rows`,
    prepare: () => contest(engine, sparse(MILLION), sparse(SMALL)),
  },
];

function contest(engine: Engine, ...models: readonly [ours: Model, peer: Model]): Contest {
  const [ours, peer] = models.map((model) => {
    const task = copyTask({ bits: 8, minLength: LENGTH, maxLength: LENGTH, seed: 1 });
    return new Trainer(engine, model, task, {
      batch: 1,
      optimizer: adam({ learningRate: 1e-3 }),
      clip: {},
      seed: 1,
    });
  }) as [Trainer, Trainer];
  return {
    ours: { run: () => ours.run(), runs: 1, async: true },
    peer: { run: () => peer.run(), runs: 1, async: true },
    dispose() {
      ours.dispose();
      peer.dispose();
    },
  };
}
