import { Opcode } from "../../assembly/generated/opcodes.js";
import type { Graph } from "../graph/graph.js";
import { instruction, type Block } from "../graph/lower.js";
import { Tensor } from "../graph/tensor.js";

/**
 * average += rate · (latest − average), both of so many parameters: an exponential moving average, after Polyak &
 * Juditsky 1992, "Acceleration of Stochastic Approximation by Averaging". Input `averageRate`.
 */
export function moveAverage(graph: Graph, average: Tensor, latest: Tensor, count: number): Block {
  const rate = graph.input("averageRate", [1]);
  const [difference, rates, change] = ["difference", "rates", "change"].map(
    (name) => new Tensor(graph.root, [count], name),
  ) as [Tensor, Tensor, Tensor];
  return [
    instruction(Opcode.subtractForward, { writes: [difference], reads: [latest, average], sizes: [count] }),
    instruction(Opcode.broadcastForward, { writes: [rates], reads: [rate], sizes: [count, 1, 1] }),
    instruction(Opcode.multiplyForward, { writes: [change], reads: [difference, rates], sizes: [count] }),
    instruction(Opcode.affineBackward, { adds: [average], reads: [change], sizes: [count], scalars: [1] }),
  ];
}

/** 1 − min(β, (1 + t) / (10 + t)), t steps having been done before: what was first, and random, is soon forgotten. */
export const averageRateAt = (beta: number, t: number): number => 1 - Math.min(beta, (1 + t) / (10 + t));
