import { evaluate } from "../../bindings/core.js";
import { StackRNN } from "../../bindings/models.js";
import type { System } from "../system.js";
import { testTaskOf } from "../testTask.js";

/** The same network with soft actions at run time. */
function softened(model: StackRNN): StackRNN {
  const soft = new StackRNN({ ...model.options, rounding: false });
  soft.parameters.set(model.parameters.values);
  return soft;
}

/** Rounded, as models run, and soft, as they are trained. */
export const system: System<StackRNN> = {
  className: StackRNN.className,
  async measure({ engine, model, test, ...of }) {
    const { changed: _, file: __, ...asked } = test;
    const task = testTaskOf({ test, ...of });
    // A seed of its own, so that no test has what training has seen.
    const options = { seed: 1_000_000, sequences: 1000, ...asked };
    const { loss, ...metrics } = await evaluate(engine, model, task, options);
    const soft = softened(model);
    const { loss: softLoss, ...ofSoft } = await evaluate(engine, soft, task, options);
    soft.release(engine);
    const shown = Object.entries(ofSoft).map(([name, value]) => [`soft ${name}`, value]);
    return { ...metrics, cost: loss / Math.LN2, ...Object.fromEntries(shown), "soft cost": softLoss / Math.LN2 };
  },
};
