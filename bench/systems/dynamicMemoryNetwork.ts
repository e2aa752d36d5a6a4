import tf from "@tensorflow/tfjs";
import type { Engine } from "../../bindings/engine/engine.js";
import { Random } from "../../bindings/common/random/philox.js";
import { DynamicMemoryNetwork } from "../../bindings/systems/dynamicMemoryNetwork/dynamicMemoryNetwork.js";
import { babiTask } from "../../bindings/tasks/babi/babiTask.js";
import { Batch } from "../../bindings/tasks/batch.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import { array } from "../../tests/support/array.js";
import { close } from "../../tests/support/close.js";
import type { Contest } from "../contest.js";
import { TfjsDynamicMemoryNetwork } from "../peers/tfjsDynamicMemoryNetwork.js";
import type { SystemBenchmarks } from "./benchmarks.js";

const BATCH = 16;
const LEARNING_RATE = 1e-3;

/** A step of training of the first paper's network, on made-up stories of the first task. */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "stories",
    name: `dynamic memory network training step, batch ${BATCH}, 3 episodes of 40 over up to 10 sentences`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine),
  },
];

async function prepare(engine: Engine): Promise<Contest> {
  const task = babiTask({ tasks: [1], count: 100, seed: 1 });
  const { symbols, slots, words } = task;
  const model = new DynamicMemoryNetwork({ symbols, slots, words, seed: 1 });
  const network = new TfjsDynamicMemoryNetwork(model);
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
