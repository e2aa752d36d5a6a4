import { bind, type Layout, type Port, type Program } from "../graph/program.js";
import { evaluate, product, type Dimension } from "../graph/size.js";
import type { Engine } from "./engine.js";

/** Bytes behind a program that the interpreter may decode and never uses. */
const SPARE = 24;

/** A program in an engine's memory, laid out for the lengths it last ran with. */
export class LoadedProgram {
  readonly address: number;
  readonly #words: Uint32Array;
  readonly #lengths = new Map<Dimension, number>();
  #layout: Layout | undefined;

  constructor(
    readonly engine: Engine,
    readonly program: Program,
  ) {
    this.#words = program.words.slice();
    this.address = engine.memory.allocate(this.#words.byteLength + SPARE);
    engine.memory.u32.set(this.#words, this.address / 4);
  }

  /** Fills the lengths in. Does nothing when they are those of the last run. */
  bind(lengths: Readonly<Record<string, number>>): Layout {
    let changed = this.#layout === undefined;
    for (const [name, dimension] of this.program.dimensions) {
      const length = lengths[name]!;
      changed ||= this.#lengths.get(dimension) !== length;
      this.#lengths.set(dimension, length);
    }
    if (!changed) return this.#layout!;
    this.#layout = undefined; // lengths that cannot be laid out leave no other layout behind
    this.#layout = bind(this.program, this.#lengths, this.#words);
    this.engine.memory.u32.set(this.#words, this.address / 4);
    return this.#layout;
  }

  get layout(): Layout {
    return this.#layout!;
  }

  entry(name: string): number {
    return this.address + 4 * this.program.entries[name]!;
  }

  /** Byte offset of an input or output in the block of what goes in and out. */
  offsetOf(port: Port): number {
    return this.layout.offsetOf(port);
  }

  /** Elements of an input or output. */
  sizeOf({ shape }: Port): number {
    return evaluate(product(shape), this.#lengths);
  }

  /** @throws RangeError unless an input takes so many numbers: what is written must not reach beside it. */
  expectSize(name: string, numbers: number): void {
    const size = this.sizeOf(this.program.inputs.get(name)!);
    if (size !== numbers) throw new RangeError(`"${name}" takes ${size} numbers, and would be given ${numbers}`);
  }

  /** Gives the memory of the words back. */
  free(): void {
    this.engine.memory.free(this.address);
  }
}
