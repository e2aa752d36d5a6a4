import { Opcode } from "../../../assembly/generated/opcodes.js";
import { between, checkOptions, expectOptions } from "../../common/options.js";
import { instruction } from "../../graph/lower.js";
import type { Optimizer } from "../../training/optimizers.js";
import { checkSchedule, type Schedule } from "../../training/schedules.js";

/** Constants of adaMax. */
export interface AdaMaxOptions {
  /** A number, or a function of the step, counted from 1. Default: 0.01. */
  learningRate?: number | Schedule;
  /** Default: 0.9. */
  beta1?: number;
}

/**
 * AdaMax that clips by its own scale: a step is a mean of gradients over the largest of late, and none counts for much
 * more than that. Kingma & Ba 2015, arXiv:1412.6980, algorithm 2, as Freivalds & Liepins 2017, arXiv:1702.08727, train
 * diagonal Neural GPUs. It needs no other clipping.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * train(engine, model, task, { optimizer: adaMax({ learningRate: 0.01 }), clip: {} })
 */
export function adaMax(given: AdaMaxOptions = {}): Optimizer {
  const { learningRate = 0.01, ...options } = expectOptions("adaMax", given);
  const checked = checkOptions("adaMax", options, { beta1: [0.9, between(0, 1, { below: true })] });
  return {
    name: "adaMax",
    learningRate: checkSchedule("adaMax", learningRate),
    options: typeof learningRate === "number" ? { learningRate, ...checked } : checked,
    stateSize: (count) => 2 * count + 1,
    emit: ({ parameters, gradients, state, learningRate: rate, count }) => [
      instruction(Opcode.adaMax, {
        writes: [parameters, state],
        reads: [gradients, rate],
        sizes: [count],
        scalars: [checked.beta1],
      }),
    ],
  };
}
