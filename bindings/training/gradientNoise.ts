import { Opcode } from "../../assembly/generated/opcodes.js";
import type { Graph } from "../graph/graph.js";
import { instruction, type Block } from "../graph/lower.js";
import { Tensor } from "../graph/tensor.js";

/** The random stream of the noise: those of data are others. */
const STREAM = 2;

/**
 * Adds deviation · N(0, 1) to each of so many gradients, behind clipping. Neelakantan et al. 2015, "Adding Gradient
 * Noise Improves Learning for Very Deep Networks", arXiv:1511.06807. Inputs `deviation` and `stream`, four words.
 */
export function addNoise(graph: Graph, gradients: Tensor, count: number): Block {
  const deviation = graph.input("deviation", [1]);
  const stream = graph.input("stream", [4]);
  const [noise, deviations, scaled] = ["noise", "deviations", "scaled noise"].map(
    (name) => new Tensor(graph.root, [count], name),
  ) as [Tensor, Tensor, Tensor];
  return [
    instruction(Opcode.normal, { writes: [noise], reads: [stream], sizes: [count], scalars: [0, 1] }),
    instruction(Opcode.broadcastForward, { writes: [deviations], reads: [deviation], sizes: [count, 1, 1] }),
    instruction(Opcode.multiplyForward, { writes: [scaled], reads: [noise, deviations], sizes: [count] }),
    instruction(Opcode.affineBackward, { adds: [gradients], reads: [scaled], sizes: [count], scalars: [1] }),
  ];
}

/** √(η / (1 + t)^γ) with the article's γ = 0.55; t steps have been done before. */
export function deviationAt(eta: number, t: number): number {
  // By square roots alone, which are the same in every host: (1 + t)^0.275 from the binary digits of 0.275.
  let power = 1;
  for (let root = 1 + t, digits = 0.275, i = 0; i < 24; ++i) {
    root = Math.sqrt(root);
    digits *= 2;
    if (digits < 1) continue;
    digits -= 1;
    power *= root;
  }
  return Math.sqrt(eta) / power;
}

/** The words of the stream that a step's noise comes from: each step has numbers of its own. */
export function streamAt(seed: number, t: number, count: number): [number, number, number, number] {
  const position = t * 4 * Math.ceil(count / 4);
  return [seed, STREAM, position % 0x1_0000_0000, Math.floor(position / 0x1_0000_0000)];
}
