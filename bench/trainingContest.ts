import tf from "@tensorflow/tfjs";
import type { Engine } from "../bindings/engine/engine.js";
import { Random } from "../bindings/common/random/philox.js";
import type { Model } from "../bindings/models/model.js";
import { Batch } from "../bindings/tasks/batch.js";
import type { AnyTask } from "../bindings/tasks/task.js";
import { adam } from "../bindings/training/optimizers.js";
import { Trainer } from "../bindings/training/trainer.js";
import { array } from "../tests/support/array.js";
import { close } from "../tests/support/close.js";
import type { Contest } from "./contest.js";

const LEARNING_RATE = 1e-3;
const SEED = 1;

/** The same model in tfjs, with the same numbers. */
export interface TrainingPeer {
  /** What is trained. */
  readonly variables: readonly tf.Variable[];
  /** The mean loss of a batch, which is drawn. */
  loss(batch: Batch): tf.Scalar;
  dispose(): void;
}

export interface TrainingContestOptions {
  readonly model: Model<string>;
  readonly task: AnyTask;
  /** Sequences or questions of a step. */
  readonly batch: number;
  readonly peer: TrainingPeer;
}

/**
 * A step of training against tfjs: draw a batch, forward, backward, Adam, read the loss.
 *
 * @throws Error when losses of the first steps do not agree, which they do only if gradients do.
 */
export async function trainingContest(
  engine: Engine,
  { model, task, batch: count, peer }: TrainingContestOptions,
): Promise<Contest> {
  const optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  const random = new Random(SEED, 0);
  const batch = new Batch(model.batchLayout(task));
  let step = 0;
  const theirs = (): number => {
    task.generate(random, count, batch, { step: ++step });
    const { value, grads } = tf.tidy(() => tf.variableGrads(() => peer.loss(batch), [...peer.variables]));
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    const [loss] = value.dataSync();
    tf.dispose([value, grads]);
    return loss!;
  };
  const trainer = new Trainer(engine, model, task, {
    batch: count,
    optimizer: adam({ learningRate: LEARNING_RATE }),
    clip: {},
    seed: SEED,
  });
  for (let i = 0; i < 5; ++i) {
    close(array([1], [(await trainer.run()).loss]), array([1], [theirs()]), { rtol: 1e-3 });
  }
  return {
    ours: { run: () => trainer.run(), runs: 1, async: true },
    peer: { run: () => void theirs(), runs: 1 },
    dispose() {
      trainer.dispose();
      peer.dispose();
      optimizer.dispose();
    },
  };
}
