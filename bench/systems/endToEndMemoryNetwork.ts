import tf from "@tensorflow/tfjs";
import type { Engine } from "../../bindings/engine/engine.js";
import { Random } from "../../bindings/common/random/philox.js";
import { EndToEndMemoryNetwork } from "../../bindings/systems/endToEndMemoryNetwork/endToEndMemoryNetwork.js";
import { babiTask } from "../../bindings/tasks/babi/babiTask.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import { array } from "../../tests/support/array.js";
import { close } from "../../tests/support/close.js";
import type { Contest } from "../contest.js";
import { TfjsMemoryNetwork } from "../peers/tfjsMemoryNetwork.js";
import type { SystemBenchmarks } from "./benchmarks.js";

const BATCH = 16;
const LEARNING_RATE = 1e-3;

/** A step of training of the recipe's memory network, on made-up stories of all twenty tasks. */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "stories",
    name: `memory network training step, batch ${BATCH}, 3 hops of 50 over 50 memories`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine),
  },
];

async function prepare(engine: Engine): Promise<Contest> {
  const task = babiTask({ count: 100, timeNoise: 0, seed: 1 });
  const { symbols, slots, words } = task;
  const model = new EndToEndMemoryNetwork({ symbols, slots, words, embeddingSize: 50, seed: 1 });
  const network = new TfjsMemoryNetwork(model);
  const optimizer = tf.train.adam(LEARNING_RATE, 0.9, 0.999, 1e-8);
  const random = new Random(1, 0);
  const batch = new Batch(model.batchLayout());
  let step = 0;
  const theirs = (): number => {
    task.generate(random, BATCH, batch, { step: ++step });
    const { value, grads } = tf.tidy(() =>
      tf.variableGrads(() => network.loss(batch, BATCH), Object.values(network.variables.all)),
    );
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    const [loss] = value.dataSync();
    tf.dispose([value, grads]);
    return loss!;
  };
  const trainer = new Trainer(engine, model, task, {
    batch: BATCH,
    optimizer: adam({ learningRate: LEARNING_RATE }),
    clip: {},
    seed: 1,
  });
  // Losses of several steps agree only if gradients do.
  for (let i = 0; i < 5; ++i) {
    close(array([1], [(await trainer.run()).loss]), array([1], [theirs()]), { rtol: 1e-3 });
  }
  return {
    ours: { run: () => trainer.run(), runs: 1, async: true },
    peer: { run: () => void theirs(), runs: 1 },
    dispose() {
      trainer.dispose();
      network.dispose();
      optimizer.dispose();
    },
  };
}
