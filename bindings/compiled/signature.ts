/** An instruction of a compiled model, under the name its file knows it by; a control instruction has no kernel. */
export interface Signature {
  readonly opcode: number;
  readonly kernel?: Kernel;
}

/**
 * What a kernel touches, as functions of the size words of its instruction: for every operand the elements from the
 * one it points at to the last that is read or written. An instruction's operands are `writes`, then `reads`.
 */
export interface Kernel {
  readonly sizes: number;
  readonly scalars: number;
  /** Elements of the operands that are written or added to. */
  readonly writes: (...sizes: number[]) => readonly number[];
  readonly reads: (...sizes: number[]) => readonly number[];
  /** Sizes that may be 0; all others are at least 1. */
  readonly orZero?: readonly number[];
  /** What else must hold for the kernel to stay inside. */
  readonly allows?: (...sizes: number[]) => boolean;
}

interface Rest extends Pick<Kernel, "orZero" | "allows"> {
  readonly scalars?: number;
}

/* @__NO_SIDE_EFFECTS__ */
export const define = (
  sizes: number,
  writes: Kernel["writes"],
  reads: Kernel["reads"],
  { scalars = 0, ...rest }: Rest = {},
): Kernel => ({ sizes, scalars, writes, reads, ...rest });
