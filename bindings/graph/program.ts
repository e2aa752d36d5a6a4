import { operand } from "./operand.js";
import type { Offset, Region } from "./region.js";
import type { Shape } from "./shape.js";
import { evaluate, type Dimension } from "./size.js";

/** What the host reads or writes of a program. */
export interface Port {
  readonly shape: Shape;
  readonly offset: Offset;
  /** How many symbols there are, if its numbers choose one: 0 is the first, −1 none. */
  readonly symbols?: number | undefined;
}

/** A word of a program that depends on lengths known only at run time. */
export type Relocation = { readonly word: number } & (
  | { readonly kind: "size"; readonly factor: number; readonly dimensions: readonly Dimension[] }
  | { readonly kind: "operand"; readonly register: number; readonly region: Region; readonly dynamic: number }
  | { readonly kind: "bytes"; readonly region: Region }
);

/**
 * A program: instructions, and where everything is. It holds no address, so it runs on any machine, and no length, so
 * it runs on sequences of any length.
 */
export interface Program {
  readonly words: Uint32Array;
  /** Word at which a run starts, by name: `run`, or a session's `reset` and `step`. */
  readonly entries: Readonly<Record<string, number>>;
  readonly relocations: readonly Relocation[];
  readonly dimensions: ReadonlyMap<string, Dimension>;
  readonly activations: Region;
  readonly io: Region;
  /**
   * What a session's host sets up that a loop would otherwise: two frames, and where the sequences are; and the stack
   * of frames for loops inside a step.
   */
  readonly session?: {
    readonly frameRegister: number;
    readonly frame: Region;
    /** Bytes; what `verify` finds out of a program from outside is in its layout. */
    readonly stackBytes: number;
    readonly sequences: readonly { readonly register: number; readonly offset: Offset }[];
  };
  readonly inputs: ReadonlyMap<string, Port>;
  readonly outputs: ReadonlyMap<string, Port>;
  /** Scalars behind the gradients, in this order. */
  readonly results: readonly string[];
  /** Elements of the gradient block in front of the results. */
  readonly gradientSize: number;
  /**
   * Looks at the words of a program from outside, with lengths filled in: throws if one of them could leave the memory
   * that is laid out for it. Returns the bytes that frames of loops take at most.
   */
  readonly verify?: (words: Uint32Array, layout: Layout) => number;
}

/** A program with its lengths filled in. */
export interface Layout {
  readonly activationBytes: number;
  readonly ioBytes: number;
  readonly offsetOf: (port: Port) => number;
  /** What `verify` returned. */
  readonly frameBytes?: number;
}

/**
 * Lays out the buffers for given lengths and writes them into a copy of the program's words.
 * @throws MemoryError when no address could reach them all, and what `verify` throws.
 */
export function bind(program: Program, lengths: ReadonlyMap<Dimension, number>, words: Uint32Array): Layout {
  const layouts = new Map<Region, { offsets: number[]; bytes: number }>();
  const layoutOf = (region: Region): { offsets: number[]; bytes: number } => {
    let layout = layouts.get(region);
    if (!layout) layouts.set(region, (layout = region.layout(lengths)));
    return layout;
  };
  for (const relocation of program.relocations) {
    const { word } = relocation;
    if (relocation.kind === "size") words[word] = evaluate(relocation as never, lengths);
    else if (relocation.kind === "bytes") words[word] = layoutOf(relocation.region).bytes;
    else words[word] = operand(relocation.register, layoutOf(relocation.region).offsets[relocation.dynamic]!);
  }
  const layout: Layout = {
    activationBytes: layoutOf(program.activations).bytes,
    ioBytes: layoutOf(program.io).bytes,
    offsetOf: ({ offset: { bytes, dynamic } }) => (dynamic < 0 ? bytes : layoutOf(program.io).offsets[dynamic]!),
  };
  return program.verify ? { ...layout, frameBytes: program.verify(words, layout) } : layout;
}
