import { Opcode } from "../../assembly/generated/opcodes.js";
import { instruction, type Block } from "../graph/lower.js";
import type { Tensor } from "../graph/tensor.js";
import { between, checkOptions, expectOptions, positive } from "../common/options.js";
import { shown } from "../common/shown.js";
import { checkSchedule, type Schedule } from "./schedules.js";

/** What an update works on. All are blocks that mirror the parameters. */
export interface UpdateBlocks {
  readonly parameters: Tensor;
  readonly gradients: Tensor;
  readonly state: Tensor;
  readonly learningRate: Tensor;
  readonly count: number;
}

/** A rule that turns gradients into changes of the parameters. */
export interface Optimizer {
  readonly name: string;
  /** The learning rate at a step, counted from 1. */
  readonly learningRate: Schedule;
  /** Plain numbers, the learning rate among them unless it is a schedule: what a checkpoint is checked against. */
  readonly options: Readonly<Record<string, number>>;
  /** Elements of state for so many parameters; all start at 0. */
  stateSize(count: number): number;
  /**
   * Instructions of an update, which `defineOptimizer` makes of a graph.
   *
   * @internal
   */
  emit(blocks: UpdateBlocks): Block;
}

/** @throws TypeError unless it is an optimizer. */
export function expectOptimizer(owner: string, optimizer: Optimizer): void {
  const { name, learningRate, stateSize, emit } = (optimizer ?? {}) as Partial<Optimizer>;
  if ([learningRate, stateSize, emit].every((part) => typeof part === "function") && typeof name === "string") return;
  throw new TypeError(
    `${owner}: the optimizer is ${shown(optimizer)}, and must be made by adam, rmsProp, sgd or defineOptimizer`,
  );
}

interface WithLearningRate {
  /** A number, or a function of the step, counted from 1. */
  learningRate?: number | Schedule;
}

const fraction = /* @__PURE__ */ between(0, 1, { below: true });

/** Constants of sgd. */
export interface SGDOptions extends WithLearningRate {
  /** Default: 0.9. */
  momentum?: number;
}

/** Gradient descent with momentum: v = μ v + g, θ −= α v. Default learning rate 0.01. */
export function sgd(given: SGDOptions = {}): Optimizer {
  const { learningRate = 1e-2, ...options } = expectOptions("sgd", given);
  const checked = checkOptions("sgd", options, { momentum: [0.9, fraction] });
  return optimizer("sgd", learningRate, checked, 1, Opcode.sgd, [checked.momentum]);
}

/** Constants of rmsProp. */
export interface RMSPropOptions extends WithLearningRate {
  /** Of both running means. Default: 0.95. */
  decay?: number;
  /** Default: 0.9. */
  momentum?: number;
  /** Default: 1e-4. */
  epsilon?: number;
}

/**
 * RMSProp as Graves wrote it, centred and with momentum: n and m are running means of g² and g,
 * Δ = μ Δ − α g / √(n − m² + ε), θ += Δ. Graves 2013, arXiv:1308.0850, eqs 38–45. Default learning rate 1e-4.
 */
export function rmsProp(given: RMSPropOptions = {}): Optimizer {
  const { learningRate = 1e-4, ...options } = expectOptions("rmsProp", given);
  const checked = checkOptions("rmsProp", options, {
    decay: [0.95, fraction],
    momentum: [0.9, fraction],
    epsilon: [1e-4, positive()],
  });
  const { decay, momentum, epsilon } = checked;
  return optimizer("rmsProp", learningRate, checked, 3, Opcode.rmsProp, [decay, momentum, epsilon]);
}

/** Constants of adam. */
export interface AdamOptions extends WithLearningRate {
  /** Default: 0.9. */
  beta1?: number;
  /** Default: 0.999. */
  beta2?: number;
  /** Default: 1e-8. */
  epsilon?: number;
  /** Decoupled, as in AdamW. Default: 0. */
  weightDecay?: number;
}

/**
 * Adam. Kingma & Ba 2015, arXiv:1412.6980, algorithm 1; weight decay as in Loshchilov & Hutter 2019.
 * Default learning rate 0.001.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * train(engine, model, task, { optimizer: adam({ learningRate: 1e-3 }) })
 */
export function adam(given: AdamOptions = {}): Optimizer {
  const { learningRate = 1e-3, ...options } = expectOptions("adam", given);
  const checked = checkOptions("adam", options, {
    beta1: [0.9, fraction],
    beta2: [0.999, fraction],
    epsilon: [1e-8, positive()],
    weightDecay: [0, between(0, 1)],
  });
  const { beta1, beta2, epsilon, weightDecay } = checked;
  const scalars = [beta1, beta2, epsilon, weightDecay];
  return optimizer("adam", learningRate, checked, 2, Opcode.adam, scalars, 1); // and t
}

function optimizer(
  name: Optimizer["name"],
  learningRate: number | Schedule,
  options: Readonly<Record<string, number>>,
  blocks: number,
  opcode: Opcode,
  scalars: readonly number[],
  extra = 0,
): Optimizer {
  return {
    name,
    learningRate: checkSchedule(name, learningRate),
    options: typeof learningRate === "number" ? { learningRate, ...options } : options,
    stateSize: (count) => blocks * count + extra,
    emit: ({ parameters, gradients, state, learningRate: rate, count }) => [
      instruction(opcode, { writes: [parameters, state], reads: [gradients, rate], sizes: [count], scalars }),
    ],
  };
}
