import type { Engine } from "../../bindings/engine/engine.js";
import { AdaptiveComputationTime } from "../../bindings/systems/adaptiveComputationTime/adaptiveComputationTime.js";
import { parityTask } from "../../bindings/tasks/parity.js";
import { adam } from "../../bindings/training/optimizers.js";
import { Trainer } from "../../bindings/training/trainer.js";
import type { Contest, Side } from "../contest.js";
import type { SystemBenchmarks } from "./benchmarks.js";

const BATCH = 128;
/** A halting probability of about 0.38 at each step: three of them reach 1 − ε. */
const HALTING_BIAS = -0.5;
/** Too small to change a weight, so that the networks ponder as long in the last round as in the first. */
const STILL = adam({ learningRate: 1e-30 });

/**
 * Updates of a network that ponders three steps and may ponder a hundred, beside one that may ponder four: what costs
 * is what is pondered.
 */
export const benchmarks: SystemBenchmarks = ({ engine }) => [
  {
    group: "ponder",
    name: "act training step, parity 16, batch 128, 3 ponder steps of at most 100",
    peer: "at most 4",
    prepare: () => contest(engine),
  },
];

async function contest(engine: Engine): Promise<Contest> {
  const task = parityTask({ bits: 16, seed: 1 });
  const sides = await Promise.all(
    [100, 4].map(async (limit) => {
      const sizes = { inputSize: 16, outputSize: 1, cell: "rnn", hiddenSize: 128, seed: 1 } as const;
      const model = new AdaptiveComputationTime({ ...sizes, limit, haltingBias: HALTING_BIAS });
      const trainer = new Trainer(engine, model, task, { batch: BATCH, optimizer: STILL, clip: {}, seed: 1 });
      const { sums } = await trainer.run();
      return { trainer, ponder: sums.at(-1)! / BATCH };
    }),
  );
  const [ours, peer] = sides.map(({ ponder }) => ponder);
  if (!(Math.abs(ours! - 3) < 0.3 && Math.abs(ours! - peer!) < 0.1)) {
    throw new Error(`The networks ponder ${ours} and ${peer} steps, and must ponder about 3 alike`);
  }
  const side = ({ trainer }: (typeof sides)[number]): Side => ({ run: () => trainer.run(), runs: 1, async: true });
  return {
    ours: side(sides[0]!),
    peer: side(sides[1]!),
    dispose: () => sides.forEach(({ trainer }) => trainer.dispose()),
  };
}
