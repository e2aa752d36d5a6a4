import type { Batch } from "../../tasks/batch.js";

/** A position as planes, and what is to be said of it. */
export interface PositionExample {
  /** (height, width, planes), in row-major order. */
  readonly position: ArrayLike<number>;
  /** π: how good each action is, with a sum of 1. */
  readonly policy: ArrayLike<number>;
  /** z: what the player to move came to, from −1 to 1. */
  readonly value: number;
}

/** Fills a batch of the layout of PolicyValueNetwork. */
export function fillPositions(batch: Batch, examples: readonly PositionExample[]): void {
  batch.reset({}, examples.length);
  const [position, policy, value] = ["position", "policy", "value"].map((name) => batch.block(name));
  examples.forEach((example, row) => {
    position!.set(example.position, row * example.position.length);
    policy!.set(example.policy, row * example.policy.length);
    value![row] = example.value;
  });
}
