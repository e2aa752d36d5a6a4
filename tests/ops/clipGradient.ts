import { ofEachWidth } from "../support/cases.js";
import type { NDArray } from "../support/array.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  // What it does above the limit is no derivative: tests/systems/neuralRandomAccessMachine.test.ts has it.
  reference: ([x]: readonly NDArray[], _: { limit: number }) => [x],
  cases: ofEachWidth(1).map((row) => ({ ...row, attributes: { limit: 10 } })),
  peer: ([x]) => x.clone(),
});
