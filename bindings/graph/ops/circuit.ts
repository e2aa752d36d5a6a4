import { Opcode } from "../../../assembly/generated/opcodes.js";
import { defineOpOfMany } from "../op.js";
import { expectRank, expectShape, fixedAxis, type Shape } from "../shape.js";
import { product, type Size } from "../size.js";

/** Limit of a circuit. */
export interface CircuitOptions {
  /** Gradients of all outputs and arguments are clipped to this. Default: 1e30. */
  limit?: number;
}

/** Modules of a list. */
const MODULES = 14;

/**
 * The 14 modules of a Neural Random-Access Machine, one after the other, on distributions over 0 … cells − 1, by which all numbers are taken modulo cells: pool
 * (batch, count, cells), memory (batch, cells, cells) and w (batch, 28 count + 182), for each module i the weights of
 * its first and of its second argument over the pool and the outputs before it, count + i of each → outputs
 * (batch, 14, cells), next (batch, cells, cells), the memory behind WRITE.
 * Kurach et al. 2016, arXiv:1511.06392, sections 3.2 and 4.3.
 */
export const circuit = /* @__PURE__ */ defineOpOfMany("circuit", {
  inputs: ["pool", "memory", "w"],
  outputs: ["outputs", "next"],
  shapes([pool, memory, w], _: CircuitOptions | undefined): [Shape, Shape] {
    expectRank("circuit", "pool", pool.shape, 3);
    const count = fixedAxis("circuit", pool.shape, 1);
    const [batch, , cells] = pool.shape as [Shape[number], number, Shape[number]];
    expectShape("circuit", "memory", memory.shape, [batch, cells, cells]);
    expectShape("circuit", "w", w.shape, [batch, MODULES * (2 * count + MODULES - 1)]);
    return [[batch, MODULES, cells], memory.shape];
  },
  /** The arguments of each module, and room for the gradients of one example: those of its rows, and of its memory. */
  saves: ([{ shape }]) => [
    [shape[0]!, 2 * MODULES, shape[2]!],
    [MODULES + 2, shape[2]!],
    [shape[2]!, shape[2]!],
  ],
  forward({ emit, saved: [used] }, outputs, inputs) {
    emit(Opcode.circuitForward, { writes: [...outputs, used!], reads: inputs, sizes: sizesOf(inputs[0].shape) });
  },
  backward({ emit, saved: [used, ...room], attributes }, { x, y: [outputs], dy }, gradients) {
    emit(Opcode.circuitBackward, {
      writes: room,
      adds: gradients,
      reads: [...dy, ...x, outputs, used!],
      sizes: sizesOf(x[0].shape),
      scalars: [attributes?.limit ?? 1e30],
    });
  },
});

/** Count, cells, batch. */
const sizesOf = ([batch, count, cells]: Shape): Size[] => [count, cells, batch].map((axis) => product([axis!]));
