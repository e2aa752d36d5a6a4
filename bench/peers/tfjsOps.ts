import { opTests, type OpName } from "../../tests/ops/index.js";

/** What each op is in tfjs, as its test has it: tests hold the two against each other, benches race them. */
export const tfjsOps = Object.fromEntries(Object.entries(opTests).map(([name, { peer }]) => [name, peer])) as {
  readonly [Name in OpName]: (typeof opTests)[Name]["peer"];
};
