import { Register } from "../../assembly/machine.js";
import { Opcode } from "../../assembly/generated/opcodes.js";
import { assemble } from "../graph/compile.js";
import { Graph } from "../graph/graph.js";
import { instruction, type Block } from "../graph/lower.js";
import type { Place } from "../graph/plan.js";
import type { Program } from "../graph/program.js";
import { product } from "../graph/size.js";
import { Tensor } from "../graph/tensor.js";
import { moveAverage } from "./averageParameters.js";
import { addNoise } from "./gradientNoise.js";
import type { Optimizer } from "./optimizers.js";

/** Limits of gradients: each is clipped by value first, and then all by their norm. */
export interface Clip {
  /** Gradients longer than this, as one vector, are scaled down to it. */
  norm?: number;
  /** Each gradient is limited to ± this. */
  value?: number;
}

/** What an update does that is not always wanted. */
interface Extras {
  /** Noise on gradients. */
  readonly isNoisy?: boolean;
  /** The model's parameters are the average of those that are trained, which are in front of the optimizer's state. */
  readonly isAveraged?: boolean;
}

/**
 * What runs behind the shards of a training step: add their gradients up in order, stop if a number is not finite,
 * clip, add noise if wanted, change the parameters, and average them if wanted. Input `learningRate`, and those of noise
 * and average; output `norm`, the gradient's length before clipping.
 */
export function compileUpdate(
  optimizer: Optimizer,
  count: number,
  results: number,
  stride: number,
  clip: Clip,
  { isNoisy = false, isAveraged = false }: Extras = {},
): Program {
  const graph = new Graph();
  const shards = graph.dimension("shards");
  const learningRate = graph.input("learningRate", [1]);
  const fixed = new Map<Tensor, Place>();
  const block = (name: string, size: number, register: Register, begin = 0): Tensor => {
    const tensor = new Tensor(graph.root, [size], name);
    fixed.set(tensor, { register, offset: { bytes: begin * 4, dynamic: -1 } });
    return tensor;
  };
  const kept = block("parameters", count, Register.parameters);
  const parameters = isAveraged ? block("latest", count, Register.state) : kept;
  const gradients = block("gradients", count + results, Register.gradients);
  const state = block("state", optimizer.stateSize(count), Register.state, isAveraged ? count : 0);
  const norm = new Tensor(graph.root, [1], "norm");

  const instructions: Block = [
    instruction(Opcode.sumBlocks, { adds: [gradients], sizes: [stride, product([shards]), count + results] }),
    instruction(Opcode.expectFinite, { reads: [gradients], sizes: [count + results] }),
    instruction(Opcode.globalNorm, { writes: [norm], reads: [gradients], sizes: [count] }),
  ];
  if (clip.value) {
    const operands = { adds: [gradients], sizes: [count], scalars: [clip.value] };
    instructions.push(instruction(Opcode.clipByValue, operands));
  }
  if (clip.norm) {
    const operands = { adds: [gradients], reads: [norm], sizes: [count], scalars: [clip.norm] };
    instructions.push(instruction(Opcode.clipByNorm, operands));
  }
  if (isNoisy) instructions.push(...addNoise(graph, gradients, count));
  instructions.push(...optimizer.emit({ parameters, gradients, state, learningRate, count }));
  if (isAveraged) instructions.push(...moveAverage(graph, kept, parameters, count));
  const outputs = new Map([["norm", norm]]);
  const wanted = [kept, parameters, gradients, state, norm];
  return assemble({ graph, block: instructions, wanted, fixed, outputs });
}
