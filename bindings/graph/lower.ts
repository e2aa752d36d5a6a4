import { Opcode } from "../../assembly/generated/opcodes.js";
import type { Scope } from "./graph.js";
import type { Context, Instruction, OpNode, Operands } from "./op.js";
import type { Scan, Sequence } from "./scan.js";
import { sizeOf } from "./shape.js";
import type { Tensor } from "./tensor.js";

/** Instructions and loops in the order in which they run. */
export type Block = (Instruction | Fork | Loop)[];

/** Branches that do not depend on each other. Threads may share them, so what one touches no other may place there. */
export interface Fork {
  readonly kind: "fork";
  readonly branches: readonly (readonly Instruction[])[];
}

/** What an instruction is, or a fork holds. */
export const instructionsOf = (item: Instruction | Fork): readonly Instruction[] =>
  item.kind === "fork" ? item.branches.flat() : [item];

/** One direction of a scan. The prologue and the epilogue run once, with the first and the last frame in place. */
export interface Loop {
  readonly kind: "loop";
  readonly direction: "forward" | "backward";
  readonly scan: Scan;
  readonly prologue: Block;
  readonly body: Block;
  readonly epilogue: Block;
  /** What the iterations go through slice by slice. */
  readonly sequences: readonly LoopSequence[];
}

/** A loop reads from a source slice by slice, and it needs a sink only if somebody reads the whole. */
export interface LoopSequence extends Sequence {
  readonly role: "source" | "sink";
}

export const asRole = (role: LoopSequence["role"], sequences: readonly Sequence[]): LoopSequence[] =>
  sequences.map(({ outer, inner }) => ({ outer, inner, role }));

export function instruction(opcode: Opcode, operands: Operands): Instruction {
  const { writes = [], adds = [], reads = [], sizes = [], scalars = [] } = operands;
  return { kind: "instruction", opcode, writes, adds, reads, sizes, scalars };
}

export const copy = (y: Tensor, x: Tensor): Instruction =>
  instruction(Opcode.identityForward, { writes: [y], reads: [x], sizes: [sizeOf(x.shape)] });

export const fill = (y: Tensor, value: number): Instruction =>
  instruction(Opcode.fill, { writes: [y], sizes: [sizeOf(y.shape)], scalars: [value] });

/** What an op's forward and backward emit into. */
export function contextOf(node: OpNode, block: Block): Context<unknown> {
  const into = (items: Block) => (opcode: Opcode, operands: Operands) => void items.push(instruction(opcode, operands));
  const fork: Context<unknown>["fork"] = (count, emitBranch) => {
    const branches = Array.from({ length: count }, (_, branch) => {
      const instructions: Instruction[] = [];
      emitBranch(branch, into(instructions));
      return instructions;
    });
    block.push({ kind: "fork", branches });
  };
  return { emit: into(block), fork, saved: node.saved, attributes: node.attributes };
}

/** The forward instructions of everything recorded in a scope. */
export function lower(scope: Scope): Block {
  const block: Block = [];
  for (const node of scope.nodes) {
    if (node.kind === "op") node.definition.forward(contextOf(node, block), node.outputs, node.inputs);
    else lowerScan(node, block);
  }
  return block;
}

function lowerScan(scan: Scan, block: Block): void {
  const { carried, xs, ys, halted } = scan;
  if (halted) for (const { outer } of ys) block.push(fill(outer, 0)); // of iterations that will not run
  block.push({
    kind: "loop",
    direction: "forward",
    scan,
    prologue: carried.map(({ input, initial }) => copy(input, initial)),
    body: lower(scan.scope),
    epilogue: carried.map(({ final, next }) => copy(final, next)),
    sequences: [...asRole("source", xs), ...asRole("sink", ys)],
  });
}
