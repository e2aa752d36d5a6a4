import type { Engine } from "../../bindings/engine/engine.js";
import { EndToEndMemoryNetwork } from "../../bindings/systems/endToEndMemoryNetwork/endToEndMemoryNetwork.js";
import { babiTask } from "../../bindings/tasks/babi/babiTask.js";
import type { Batch } from "../../bindings/tasks/batch.js";
import type { Contest } from "../contest.js";
import { TfjsMemoryNetwork } from "../peers/tfjsMemoryNetwork.js";
import { trainingContest } from "../trainingContest.js";
import type { SystemBenchmarks } from "./benchmarks.js";

const BATCH = 16;

/** A step of training of the recipe's memory network, on made-up stories of all twenty tasks. */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "stories",
    name: `memory network training step, batch ${BATCH}, 3 hops of 50 over 50 memories`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine),
  },
];

function prepare(engine: Engine): Promise<Contest> {
  const task = babiTask({ count: 100, timeNoise: 0, seed: 1 });
  const { symbols, slots, words } = task;
  const model = new EndToEndMemoryNetwork({ symbols, slots, words, embeddingSize: 50, seed: 1 });
  const network = new TfjsMemoryNetwork(model);
  const peer = {
    variables: Object.values(network.variables.all),
    loss: (batch: Batch) => network.loss(batch, BATCH),
    dispose: () => network.dispose(),
  };
  return trainingContest(engine, { model, task, batch: BATCH, peer });
}
