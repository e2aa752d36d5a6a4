import { expectOptions, expectValue, number } from "../common/options.js";
import { shown } from "../common/shown.js";
import { identity } from "../graph/identity.js";
import { copy, lower, type Block } from "../graph/lower.js";
import { broadcast } from "../graph/ops/broadcast.js";
import { reshape } from "../graph/reshape.js";
import { expectShape } from "../graph/shape.js";
import { sliceOf, Tensor } from "../graph/tensor.js";
import type { Optimizer, UpdateBlocks } from "./optimizers.js";
import { checkSchedule, type Schedule } from "./schedules.js";

/** Tensors of an update, by name, all of one shape: (parameters of the model). */
export type UpdateTensors<State extends string = never> = {
  readonly [Name in State | "parameters" | "gradients" | "learningRate"]: Tensor;
};

/** An optimizer of your own: names, numbers, and the graph of its update. */
export interface OptimizerDefinition<State extends string = never> {
  readonly name: string;
  /** A number, or a function of the step, counted from 1. */
  readonly learningRate: number | Schedule;
  /** Constants of the update: a checkpoint is resumed only with the same. */
  readonly options?: Readonly<Record<string, number>>;
  /** Names of what is kept from step to step, a number for each parameter; all are 0 before the first. Default: none. */
  readonly state?: readonly State[];
  /**
   * The graph of an update: parameters, gradients behind clipping and noise, the learning rate repeated for each
   * parameter, and the state → the next parameters and the next state.
   */
  update(tensors: UpdateTensors<State>): { readonly [Name in State | "parameters"]: Tensor };
}

const PARTS: readonly string[] = ["name", "learningRate", "options", "state", "update"];

/** Inputs of an update, which no state may be called. */
const INPUTS: readonly string[] = ["parameters", "gradients", "learningRate"];

/**
 * An optimizer of ops of `tapehead/graph`, for `train`. It saves, resumes and runs on threads like `adam`.
 *
 * @throws TypeError, RangeError when a part of the definition is none.
 * @example
 * const signDescent = defineOptimizer({
 *   name: "sign-descent",
 *   learningRate: 1e-3,
 *   update: ({ parameters, gradients, learningRate }) => {
 *     const sign = clip(affine(gradients, { scale: 1e30 }), { low: -1, high: 1 });
 *     return { parameters: subtract(parameters, multiply(learningRate, sign)) };
 *   },
 * });
 */
export function defineOptimizer<const State extends string = never>(definition: OptimizerDefinition<State>): Optimizer {
  const { name, learningRate, options = {}, state = [], update } = expectOptions("defineOptimizer", definition);
  const unknown = Object.keys(definition).find((part) => !PARTS.includes(part));
  if (unknown !== undefined)
    throw new TypeError(`defineOptimizer has no option ${shown(unknown)}; it has ${PARTS.join(", ")}`);
  if (typeof name !== "string" || !name)
    throw new TypeError(`defineOptimizer: the name is ${shown(name)}, and must be a text`);
  if (typeof update !== "function")
    throw new TypeError(`${name}: the update is ${shown(update)}, and must be a function`);
  const isState = (one: unknown, i: number): boolean =>
    typeof one === "string" && !INPUTS.includes(one) && state.indexOf(one as State) === i;
  if (!Array.isArray(state) || !state.every(isState)) {
    const names = `names other than ${INPUTS.join(", ")}, each once`;
    throw new TypeError(`${name}: the state is ${shown(state)}, and must be an array of ${names}`);
  }
  for (const [option, value] of Object.entries(expectOptions(name, options))) {
    if (option === "learningRate")
      throw new TypeError(`${name}: the options have a learningRate, which is beside them`);
    expectValue(`${name}: ${option}`, value, number());
  }
  return {
    name,
    learningRate: checkSchedule(name, learningRate),
    options: typeof learningRate === "number" ? { learningRate, ...options } : { ...options },
    stateSize: (count) => state.length * count,
    emit: (blocks) => emit({ name, state, update }, blocks),
  };
}

/** Instructions of an update: its graph, and then copies of the next values to where the old ones are. */
function emit<State extends string>(
  { name, state, update }: Required<Pick<OptimizerDefinition<State>, "name" | "state" | "update">>,
  { parameters, gradients, state: block, learningRate, count }: UpdateBlocks,
): Block {
  const { graph } = parameters.scope;
  const kept: readonly (readonly [name: string, tensor: Tensor])[] = [
    ["parameters", parameters],
    ...state.map((each, i) => [each, sliceOf(block, i * count, count)] as const),
  ];
  const given = {
    ...Object.fromEntries(kept),
    gradients: sliceOf(gradients, 0, count),
    learningRate: reshape(broadcast(learningRate, { count }), [count]),
  };
  const inputs = graph.inputs.size;
  const next = update(given as UpdateTensors<State>) as Readonly<Record<string, unknown>> | undefined;
  expectNext(name, next, kept);
  if (graph.inputs.size > inputs || graph.parameters.size) {
    const must = "must take the tensors it is given";
    throw new TypeError(`${name}: the update takes inputs or parameters of the graph, and ${must}`);
  }
  // A tensor returned as it was given could be overwritten before it is copied, where two states change places.
  const computed = new Set(graph.root.nodes.flatMap((node) => (node.kind === "op" ? node.outputs : [])));
  const copies = kept.map(([each, to]) => {
    const from = next[each] as Tensor;
    return copy(to, computed.has(from.root) ? from : identity(from));
  });
  return [...lower(graph.root), ...copies];
}

/** @throws TypeError, ShapeError unless exactly the next values have been returned, of this graph and in their shape. */
function expectNext(
  name: string,
  next: Readonly<Record<string, unknown>> | undefined,
  kept: readonly (readonly [name: string, tensor: Tensor])[],
): asserts next is Readonly<Record<string, Tensor>> {
  const returned = Object.keys(next ?? {});
  if (returned.length !== kept.length || !kept.every(([each]) => next![each] instanceof Tensor)) {
    const wanted = kept.map(([each]) => each).join(", ");
    const is = returned.join(", ") || "nothing";
    throw new TypeError(`${name}: the update returns ${is}, and must return a tensor for each of ${wanted}`);
  }
  for (const [each, { scope, shape }] of kept) {
    const { scope: actualScope, shape: actual } = next![each] as Tensor;
    if (actualScope !== scope)
      throw new TypeError(
        `${name}: the next ${each} is of another graph or a scan's body, and must be of the update's`,
      );
    expectShape(name, `the next ${each}`, actual, shape);
  }
}
