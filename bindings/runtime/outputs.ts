import type { Shards } from "../engine/shards.js";
import type { Port } from "../graph/program.js";
import { Dimension } from "../graph/size.js";
import type { Values } from "./sequences.js";

/** The axis of a port that is the batch: the one behind a run-time length, or the first. */
export const batchAxis = ({ shape }: Pick<Port, "shape">): 0 | 1 => (shape[0] instanceof Dimension ? 1 : 0);

/** What a run left behind, copied out an example at a time. Valid until the next run. */
export class Outputs {
  readonly #shards: Shards;
  /** Run-time lengths, by name. */
  readonly #lengths: Readonly<Record<string, number>>;

  constructor(shards: Shards, lengths: Readonly<Record<string, number>>) {
    this.#shards = shards;
    this.#lengths = lengths;
  }

  has(name: string): boolean {
    return this.#shards.shards[0]!.machine.loaded.program.outputs.has(name);
  }

  /** Whether an output has a run-time length in front of its batch axis. */
  isSequence(name: string): boolean {
    return batchAxis(this.#shards.shards[0]!.machine.loaded.program.outputs.get(name)!) === 1;
  }

  /**
   * One example of an output, without its batch axis. Of a sequence, (length, …), only the first `length` elements if
   * that is given.
   */
  of(name: string, example: number, length?: number): Values {
    const { machine, begin, rows } = this.#shards.shards.find(({ begin, rows }) => example < begin + rows)!;
    const port = machine.loaded.program.outputs.get(name)!;
    const shape = port.shape.map((axis) => (typeof axis === "number" ? axis : this.#lengths[axis.name]!));
    const memory = machine.engine.memory.f32;
    const axis = batchAxis(port);
    const inner = shape.slice(axis + 1);
    const size = inner.reduce((a, b) => a * b, 1);
    const time = axis ? Math.min(length ?? Infinity, shape[0]!) : 1;
    // Of a batch of one, as of a single word that is pronounced, all of it lies in one piece.
    const piece = rows === 1 ? time : 1;
    const data = new Float32Array(time * size);
    for (let t = 0; t < time; t += piece) {
      const from = machine.outputAt(name) + (t * rows + example - begin) * size;
      data.set(memory.subarray(from, from + piece * size), t * size);
    }
    return { data, shape: axis ? [time, ...inner] : inner };
  }
}
