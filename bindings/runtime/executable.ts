import type { Engine } from "../engine/engine.js";
import type { Freeable } from "../engine/cache.js";
import { LoadedProgram } from "../engine/loadedProgram.js";
import { shardRows, Shards, type Cut } from "../engine/shards.js";
import type { Program } from "../graph/program.js";
import { Outputs } from "./outputs.js";

/** One named block of a batch, (time, count, size): the input of a program that has its name. */
export interface Field {
  readonly name: string;
  readonly data: Float32Array;
  readonly time: number;
  readonly size: number;
}

/** Examples that go into a program: blocks whose second axis is the examples, and the run-time lengths. */
export interface Feed {
  readonly count: number;
  /** Run-time lengths, by the names of their dimensions. */
  readonly dimensions: Readonly<Record<string, number>>;
  readonly fields: readonly Field[];
}

/** What programs read: a model, or anything else with parameters that go into an engine's memory. */
export interface Parametric {
  /** `in` gives the address of current values in an engine's memory. */
  readonly parameters: { in(engine: Engine): number };
}

/** Which program to run. */
export interface Variant {
  /** Programs of one key are the same, but for the number of rows. */
  readonly key: string;
  /** The program for so many rows; asked once for each number while it stays in the cache. */
  readonly program: (rows: number) => Program;
  /** Where shards end. Default: that of training. */
  readonly cut?: Cut | undefined;
}

/** Programs that an executable keeps in an engine, about; a sweep over options must not keep one for each for ever. */
const MOST_PROGRAMS = 32;

/**
 * Programs over a model's parameters, run on batches of any size: every runner stands on this. Caches programs and the
 * machines of the last run in the engine, cuts the batch into shards, copies fields in and outputs out.
 */
export class Executable {
  readonly #owner: Parametric;

  constructor(owner: Parametric) {
    this.#owner = owner;
  }

  /** Runs a batch. A field that the program has no input for is left out. `seed` is that of random numbers at run time. */
  run(engine: Engine, variant: Variant, feed: Feed, { seed = 0 } = {}): Outputs {
    const shards = this.#fed(engine, variant, feed, seed);
    shards.run();
    return new Outputs(shards, feed.dimensions);
  }

  #fed(engine: Engine, variant: Variant, { count, dimensions, fields }: Feed, seed: number): Shards {
    const cache = engine.keep(this, "programs", () => new Cache(engine));
    const shards = cache.shards(variant, count);
    shards.prepare(dimensions, this.#owner.parameters.in(engine));
    const { inputs } = shards.shards[0]!.machine.loaded.program;
    for (const { name, data, time, size } of fields) {
      if (inputs.has(name)) shards.writeSequence(name, data, time, count, size);
    }
    shards.writeStreams(seed, 0);
    return shards;
  }
}

/** An executable's programs in one engine, and the machines of its last run. */
class Cache implements Freeable {
  readonly #engine: Engine;
  readonly #programs = new Map<string, LoadedProgram>();
  #last: { readonly key: string; readonly shards: Shards } | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Machines for a batch: those of the last run, if it was like this one. */
  shards({ key, program, cut = shardRows }: Variant, count: number): Shards {
    const lastKey = `${key} of ${count}`;
    if (this.#last?.key === lastKey) return this.#last.shards;
    if (this.#programs.size > MOST_PROGRAMS) this.free();
    const programOf = (rows: number): LoadedProgram => {
      const name = `${key} ${rows}`;
      let loaded = this.#programs.get(name);
      if (!loaded) this.#programs.set(name, (loaded = new LoadedProgram(this.#engine, program(rows))));
      return loaded;
    };
    const shards = new Shards(this.#engine, count, programOf, undefined, cut);
    this.#last?.shards.free();
    this.#last = { key: lastKey, shards };
    return shards;
  }

  free(): void {
    this.#last?.shards.free();
    this.#last = undefined;
    for (const loaded of this.#programs.values()) loaded.free();
    this.#programs.clear();
  }
}
