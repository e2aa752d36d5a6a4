import type { Engine } from "../../bindings/engine/engine.js";
import { DynamicMemoryNetwork } from "../../bindings/systems/dynamicMemoryNetwork/dynamicMemoryNetwork.js";
import { babiTask } from "../../bindings/tasks/babi/babiTask.js";
import type { Batch } from "../../bindings/tasks/batch.js";
import type { Contest } from "../contest.js";
import { TfjsDynamicMemoryNetwork } from "../peers/tfjsDynamicMemoryNetwork.js";
import { trainingContest } from "../trainingContest.js";
import type { SystemBenchmarks } from "./benchmarks.js";

const BATCH = 16;

/** A step of training of the first paper's network, on made-up stories of the first task. */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "stories",
    name: `dynamic memory network training step, batch ${BATCH}, 3 episodes of 40 over up to 10 sentences`,
    peer: "tfjs-wasm",
    prepare: () => prepare(engine),
  },
];

function prepare(engine: Engine): Promise<Contest> {
  const task = babiTask({ tasks: [1], count: 100, seed: 1 });
  const { symbols, slots, words } = task;
  const model = new DynamicMemoryNetwork({ symbols, slots, words, seed: 1 });
  const network = new TfjsDynamicMemoryNetwork(model);
  const peer = {
    variables: Object.values(network.variables.all),
    loss: (batch: Batch) => network.loss(batch, BATCH),
    dispose: () => network.dispose(),
  };
  return trainingContest(engine, { model, task, batch: BATCH, peer });
}
