import type { Shard, Shards } from "../engine/shards.js";
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

  /**
   * One example of an output, without its batch axis. Of a sequence, (length, …), only the first `length` elements if
   * that is given.
   */
  of(name: string, example: number, length?: number): Values {
    const { machine, begin, rows } = this.#shardOf(example);
    const port = machine.loaded.program.outputs.get(name)!;
    const shape = port.shape.map((axis) => (typeof axis === "number" ? axis : this.#lengths[axis.name]!));
    const memory = machine.engine.memory.f32;
    const first = machine.outputAt(name);
    const row = example - begin;
    if (batchAxis(port) === 0) {
      const inner = shape.slice(1);
      const size = sizeOf(inner);
      return { data: memory.slice(first + row * size, first + (row + 1) * size), shape: inner };
    }
    const inner = shape.slice(2);
    const size = sizeOf(inner);
    const time = length ?? shape[0]!;
    const data = new Float32Array(time * size);
    for (let t = 0; t < time; ++t) {
      const from = first + (t * rows + row) * size;
      data.set(memory.subarray(from, from + size), t * size);
    }
    return { data, shape: [time, ...inner] };
  }

  #shardOf(example: number): Shard {
    return this.#shards.shards.find(({ begin, rows }) => example < begin + rows)!;
  }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
