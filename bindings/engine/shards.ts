import { Register } from "../../assembly/machine.js";
import type { Engine } from "./engine.js";
import { Job, type Outcome } from "./job.js";
import type { LoadedProgram } from "./loadedProgram.js";
import { Machine } from "./machine.js";
import { align } from "../graph/region.js";
import { STREAMS, streamsInput } from "../graph/streams.js";

/**
 * Rows in a shard. The cut depends on the batch and on nothing else, so that the sums of gradients over shards have
 * the same bits however many threads share the work.
 */
export const SHARD_ROWS = 8;

/** Rows of the next shard when so many are left of a batch. */
export type Cut = (left: number, batch: number) => number;

export const shardRows: Cut = (left) => Math.min(SHARD_ROWS, left);

/** Most rows in a shard of a model whose matrices are large. */
const WIDE_SHARD_ROWS = 32;

/**
 * The cut for large matrices, which each shard reads as a whole: as few shards as leave work for a second thread. Their
 * rows are powers of two, so that few different programs are needed.
 */
export const wideShardRows: Cut = (left, batch) => {
  const most = Math.min(left, WIDE_SHARD_ROWS, Math.max(batch >> 1, 1));
  return 1 << (31 - Math.clz32(most));
};

/** A contiguous part of a batch, with a machine that computes it. */
export interface Shard {
  readonly begin: number;
  readonly rows: number;
  readonly machine: Machine;
}

/** A batch cut into shards, each with a gradient block of its own; all run in one call. */
export class Shards {
  readonly shards: readonly Shard[];
  /** Address of the first shard's gradients and results; the others follow. */
  readonly gradients: number;
  /** Bytes from one shard's gradients to the next. */
  readonly gradientStride: number;
  readonly #job: Job;

  /** `programOf` is asked once for each number of rows; `after` runs behind the shards; `cut` says where shards end. */
  constructor(
    readonly engine: Engine,
    batch: number,
    programOf: (rows: number) => LoadedProgram,
    after: (gradients: number, count: number) => Machine[] = () => [],
    cut: Cut = shardRows,
  ) {
    const parts: { begin: number; rows: number; loaded: LoadedProgram }[] = [];
    for (let begin = 0, rows = 0; begin < batch; begin += rows) {
      rows = cut(batch - begin, batch);
      const same = parts.find((part) => part.rows === rows);
      parts.push({ begin, rows, loaded: same?.loaded ?? programOf(rows) });
    }
    const { gradientSize, results } = parts[0]!.loaded.program;
    this.gradientStride = align((gradientSize + results.length) * 4);
    this.gradients = engine.memory.allocate(Math.max(16, parts.length * this.gradientStride));
    this.shards = parts.map(({ begin, rows, loaded }, i) => {
      const machine = new Machine(engine, loaded);
      machine.set(Register.gradients, this.gradients + i * this.gradientStride);
      return { begin, rows, machine };
    });
    const machines = this.shards.map(({ machine }) => machine);
    this.#job = new Job(engine, machines, after(this.gradients, parts.length));
  }

  /** Lays everything out for these lengths; call it before writing inputs. */
  prepare(lengths: Readonly<Record<string, number>>, parameters: number): void {
    for (const { machine } of this.shards) machine.loaded.bind(lengths);
    for (const { machine } of this.shards) {
      const io = machine.io();
      const { frameBytes, ioBytes } = machine.loaded.layout;
      if (frameBytes !== undefined) this.engine.memory.clear(io, ioBytes); // as Job does with arenas
      machine.set(Register.parameters, parameters);
    }
  }

  /**
   * Copies each shard's rows of a block whose axes are (time, batch, size) into an input. The cut along the batch is
   * all that separates the shards. @throws RangeError when the input has another size.
   */
  writeSequence(name: string, data: Float32Array, time: number, batch: number, size: number): void {
    const memory = this.engine.memory.f32;
    for (const { machine, begin, rows } of this.shards) {
      machine.loaded.expectSize(name, time * rows * size);
      let to = machine.inputAt(name);
      for (let t = 0; t < time; ++t, to += rows * size) {
        const from = (t * batch + begin) * size;
        memory.set(data.subarray(from, from + rows * size), to);
      }
    }
  }

  /** Writes one number into an input of every shard, if there is such an input. */
  writeScalar(name: string, value: number): void {
    for (const { machine } of this.shards) {
      if (machine.loaded.program.inputs.has(name)) this.engine.memory.f32[machine.inputAt(name)] = value;
    }
  }

  /**
   * Gives every draw of a program (`graph.random()`) a random stream that no other draw, shard or step has. Steps and
   * seeds are those of training, or of a run.
   */
  writeStreams(seed: number, step: number): void {
    const words = this.engine.memory.u32;
    this.shards.forEach(({ machine }, shard) => {
      const { inputs } = machine.loaded.program;
      let pages = 0;
      while (inputs.has(streamsInput(pages))) ++pages;
      for (let page = 0; page < pages; ++page) {
        const at = machine.inputAt(streamsInput(page));
        // In the high word of the position: streams whose low words differ would be one stream, some words on.
        const first = (step * pages + page) * STREAMS;
        for (let draw = 0; draw < STREAMS; ++draw) words.set([seed, shard, 0, first + draw], at + 4 * draw);
      }
    });
  }

  run(): Outcome {
    return this.#job.run();
  }

  /** The same, without keeping a page's main thread from its other work where there are threads. */
  runAsync(): Promise<Outcome> {
    return this.#job.runAsync();
  }

  free(): void {
    this.#job.free();
    for (const { machine } of this.shards) machine.free();
    this.engine.memory.free(this.gradients);
  }
}
