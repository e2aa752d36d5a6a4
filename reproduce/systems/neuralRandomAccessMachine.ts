import { evaluate } from "../../bindings/core.js";
import { NeuralRandomAccessMachine } from "../../bindings/models.js";
import { drawMemories, type RamTask } from "../../bindings/tasks.js";
import type { System } from "../system.js";
import { testTaskOf } from "../testTask.js";

/** Soft, as machines are trained, and discretised: wrong cells / required cells, and memories with any wrong. */
export const system: System<NeuralRandomAccessMachine> = {
  className: NeuralRandomAccessMachine.className,
  async measure({ engine, model, test, ...of }) {
    const { changed: _, file: __, ...asked } = test;
    const task = testTaskOf({ test, ...of }) as unknown as RamTask;
    // A seed of its own, so that no test has what training has seen.
    const { sequences, seed, ...rest } = { seed: 1_000_000, sequences: 1000, ...asked };
    const { loss, cellError, sequenceError } = await evaluate(engine, model, task, { sequences, seed, ...rest });
    const { length } = rest;
    const examples = drawMemories(task, { count: sequences, seed, ...(length !== undefined && { length }) });
    let [cells, memories] = [0, 0];
    for (const { memory, required, steps } of examples) {
      const [result] = model.run(engine, [memory], { steps, discrete: true });
      const wrong = [...required].filter(([cell, value]) => result!.memory[cell] !== value).length;
      cells += wrong / required.size;
      memories += Number(wrong > 0);
    }
    return {
      cellError,
      sequenceError,
      cost: loss / Math.LN2,
      "discrete cellError": cells / sequences,
      "discrete sequenceError": memories / sequences,
    };
  },
};
