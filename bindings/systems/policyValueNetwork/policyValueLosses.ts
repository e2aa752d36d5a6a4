import {
  add,
  affine,
  argmax,
  divide,
  logSoftmax,
  max,
  multiply,
  oneHot,
  slice,
  squaredError,
  sum,
} from "../../graph/ops/index.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Answer, AnyTask } from "../../tasks/task.js";

/** What is measured of a policy and a value. */
export type PolicyValueMetric = "moveError" | "valueError";

/** Loss and metrics of a task whose answers are a policy of so many actions, as logits, and a value behind them. */
export function policyValueLosses(actions: number): Required<Pick<AnyTask<PolicyValueMetric>, "loss" | "metrics">> {
  const partsOf = ({ logits, targets }: Answer) => ({
    logits: slice(logits, { end: actions }),
    policy: slice(targets, { end: actions }),
    value: slice(logits, { begin: actions }),
    result: slice(targets, { begin: actions }),
  });
  const valueError = (answer: Answer): Tensor => {
    const { value, result } = partsOf(answer);
    return squaredError(value, result, answer.mask);
  };
  return {
    loss: (answer) => {
      const { logits, policy } = partsOf(answer);
      return add(affine(sum(sum(sum(multiply(policy, logSoftmax(logits))))), { scale: -1 }), valueError(answer));
    },
    metrics: {
      moveError: (answer) => {
        const { logits, policy } = partsOf(answer);
        const chosen = sum(multiply(policy, oneHot(argmax(logits), { classes: actions })));
        return sum(sum(affine(divide(chosen, max(policy)), { scale: -1, shift: 1 })));
      },
      valueError,
    },
  };
}
