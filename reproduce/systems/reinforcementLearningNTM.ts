import { Batch, evaluate, Random } from "../../bindings/core.js";
import { ReinforcementLearningNTM } from "../../bindings/models.js";
import type { TapeTask } from "../../bindings/tasks.js";
import type { System } from "../system.js";
import { testTaskOf } from "../testTask.js";

/** A seed of its own, so that no test has what training has seen. */
const SEED = 1_000_000;

interface Tape {
  readonly input: readonly number[];
  readonly wanted: readonly number[];
}

/** Inputs of a task, and what is to be put out, without the end. */
function tapesOf(model: ReinforcementLearningNTM, task: TapeTask, count: number, length: number | undefined): Tape[] {
  const batch = new Batch(model.batchLayout());
  task.generate(new Random(SEED, 0), count, batch, length === undefined ? {} : { length });
  const symbolsOf = (data: Float32Array, row: number): number[] =>
    Array.from({ length: batch.time }, (_, t) => data[t * count + row]!).filter((symbol) => symbol > 0);
  return Array.from({ length: count }, (_, row) => ({
    input: symbolsOf(batch.inputs, row),
    wanted: symbolsOf(batch.targets, row),
  }));
}

/**
 * With the likeliest moves: episodes that make every prediction that is due, as in training, and "free" runs that nothing
 * forces, which must end by themselves.
 */
export const system: System<ReinforcementLearningNTM> = {
  className: ReinforcementLearningNTM.className,
  async measure({ engine, model, test, ...of }) {
    const { changed: _, file: __, ...asked } = test;
    const task = testTaskOf({ test, ...of }) as unknown as TapeTask;
    const { sequences = 1000 } = asked;
    const { loss, ...metrics } = await evaluate(engine, model, task, { seed: SEED, ...asked, sequences });
    const tapes = tapesOf(model, task, sequences, asked.length);
    const runs = model.run(
      engine,
      tapes.map(({ input }) => input),
    );
    const wrong = runs.filter(({ symbols, ended }, i) => !ended || symbols.join() !== tapes[i]!.wanted.join()).length;
    return { ...metrics, cost: loss / Math.LN2, "free sequenceError": wrong / sequences };
  },
};
