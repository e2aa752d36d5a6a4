import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import { LoadedProgram } from "../../engine/loadedProgram.js";
import type { Machine } from "../../engine/machine.js";
import { Shards, wideShardRows, type Cut } from "../../engine/shards.js";
import type { PointerNetwork } from "./pointerNetwork.js";
import { checkOptions, flag, whole } from "../../common/options.js";
import { LastRun } from "../../runtime/lastRun.js";
import { pointingBeamProgram, pointingProgram } from "./pointing.js";
import { pack, rowsOf, type Rows, type Sequence } from "../../runtime/sequences.js";

/** How sets are pointed at. */
export interface PointOptions {
  /** Ways to go on that are followed at once; 1 takes the likeliest place each time. Default: 1. */
  beam?: number;
  /** Whether to bring back how likely each place was. Default: false. */
  attention?: boolean;
}

/** A way to point that was found. */
export interface PointedBeam {
  /** Where it pointed, counted from 0. */
  readonly places: readonly number[];
  /** Natural logarithm of its probability. */
  readonly score: number;
}

/** Where a set was pointed at. */
export interface Pointed extends PointedBeam {
  /** (steps, vectors): how likely each place was at each step; null unless asked for. */
  readonly attention: Rows | null;
  /** All that beam search has found, the likeliest first. */
  readonly beams: readonly PointedBeam[];
}

const MOST_BEAMS = 256;
/** Sets that are pointed at in one call. */
const AT_ONCE = 64;

interface Group {
  /** (source, sets, inputSize) */
  readonly data: Float32Array;
  readonly lengths: readonly number[];
  readonly source: number;
}

/** Runs the programs of a pointer network. */
export class PointerRunner {
  readonly #model: PointerNetwork;

  constructor(model: PointerNetwork) {
    this.#model = model;
  }

  run(engine: Engine, sets: readonly Sequence[], options: PointOptions): Pointed[] {
    const owner = `${this.#model.name}.run`;
    expectEngine(owner, engine);
    const { beam, attention } = checkOptions(owner, options, {
      beam: [1, whole(1, { most: MOST_BEAMS })],
      attention: [false, flag()],
    });
    const packed = pack(owner, sets, this.#model.options.inputSize);
    if (!packed.isBatch) throw new TypeError(`${owner}: the sets are one set of vectors, and must be an array of sets`);
    // Those of like size together: what is behind a smaller one's end is padding.
    const order = [...packed.lengths.keys()].sort((a, b) => packed.lengths[a]! - packed.lengths[b]!);
    const results: Pointed[] = [];
    for (let begin = 0; begin < order.length; begin += AT_ONCE) {
      const chosen = order.slice(begin, begin + AT_ONCE);
      const pointed = this.#group(engine, this.#taken(packed, chosen), beam, attention);
      chosen.forEach((set, row) => (results[set] = pointed[row]!));
    }
    return results;
  }

  /** Some of the sets, in a block of their own. */
  #taken({ data, lengths }: { data: Float32Array; lengths: readonly number[] }, chosen: readonly number[]): Group {
    const size = this.#model.options.inputSize;
    const taken = chosen.map((set) => lengths[set]!);
    const source = Math.max(...taken);
    const block = new Float32Array(source * chosen.length * size);
    for (let t = 0, to = 0; t < source; ++t) {
      for (const set of chosen) {
        const from = (t * lengths.length + set) * size;
        block.set(data.subarray(from, from + size), to);
        to += size;
      }
    }
    return { data: block, lengths: taken, source };
  }

  /** Sets that run in one call. */
  #group(engine: Engine, { data, lengths, source }: Group, beam: number, attention: boolean): Pointed[] {
    const model = this.#model;
    const count = lengths.length;
    const isGreedy = beam === 1;
    const key = `${isGreedy ? "greedy" : `beam ${beam}`} ${attention}`;
    const programOf = (rows: number): LoadedProgram => {
      const program = () =>
        isGreedy ? pointingProgram(model, rows, attention) : pointingBeamProgram(model, beam, attention);
      return engine.keep(this, `${key} ${rows}`, () => new LoadedProgram(engine, program()));
    };
    const last = engine.keep(this, "run", () => new LastRun());
    const runKey = `${key} of ${count}`;
    if (last.key !== runKey || !last.shards) {
      // Each beam search is a batch of its own; rows are whole beams.
      const cut: Cut = isGreedy ? wideShardRows : () => 1;
      const shards = new Shards(engine, count, programOf, undefined, cut);
      last.free();
      Object.assign(last, { key: runKey, shards });
    }
    const shards = last.shards!;
    const limit = source + Number(model.options.ends === "repeat");
    shards.prepare({ source, limit }, model.parameters.in(engine));
    const inside = Float32Array.from({ length: source * count }, (_, cell) =>
      Number(Math.floor(cell / count) < lengths[cell % count]!),
    );
    shards.writeSequence("source", data, source, count, model.options.inputSize);
    shards.writeSequence("inside", inside, source, count, 1);
    shards.writeSequence("lengths", Float32Array.from(lengths), 1, count, 1);
    shards.run();
    return shards.shards.flatMap(({ machine, begin, rows }) =>
      isGreedy
        ? lengths.slice(begin, begin + rows).map((length, row) => this.#greedy(machine, { row, rows, source, length }))
        : [this.#beams(machine, { row: 0, rows: beam, source, length: lengths[begin]! })],
    );
  }

  #steps(machine: Machine, row: number, length: number): number {
    const most = length + Number(this.#model.options.ends === "repeat");
    return most - at(machine, "left", row);
  }

  #greedy(machine: Machine, where: Where): Pointed {
    const { row, rows, length } = where;
    const cells = Array.from({ length: this.#steps(machine, row, length) }, (_, t) => t * rows + row);
    const places = cells.map((cell) => at(machine, "places", cell));
    const score = cells.reduce((sum, cell) => sum + at(machine, "scores", cell), 0);
    const beam = { places, score };
    return { ...beam, attention: weightsOf(machine, cells, where), beams: [beam] };
  }

  #beams(machine: Machine, where: Where): Pointed {
    const { rows, length } = where;
    const all = Array.from({ length: rows }, (_, j) => j).filter((j) => at(machine, "totals", j) > -Infinity);
    const steps = Math.max(...all.map((j) => this.#steps(machine, j, length)));
    const found = all.map((j) => {
      const places: number[] = [];
      const cells: number[] = [];
      for (let t = steps - 1, beam = j; t >= 0; --t) {
        const cell = t * rows + beam;
        places.push(at(machine, "places", cell));
        beam = at(machine, "parents", cell);
        cells.push(t * rows + beam); // the weights are those of the beam that went on
      }
      const own = this.#steps(machine, j, length);
      const beam = { places: places.reverse().slice(0, own), score: at(machine, "totals", j) };
      return { beam, cells: cells.reverse().slice(0, own) };
    });
    const { beam, cells } = found[0]!;
    return { ...beam, attention: weightsOf(machine, cells, where), beams: found.map(({ beam }) => beam) };
  }
}

interface Where {
  readonly row: number;
  readonly rows: number;
  /** Vectors of the largest set, and of this one. */
  readonly source: number;
  readonly length: number;
}

/** An element of what a machine has put out. */
const at = (machine: Machine, name: string, i: number): number =>
  machine.engine.memory.f32[machine.outputAt(name) + i]!;

/** Rows of probabilities, cut to the size of the set. */
function weightsOf(machine: Machine, cells: readonly number[], { source, length }: Where): Rows | null {
  if (!machine.loaded.program.outputs.has("attention")) return null;
  const first = machine.outputAt("attention");
  const data = new Float32Array(cells.length * length);
  cells.forEach((cell, t) => {
    const from = first + cell * source;
    data.set(machine.engine.memory.f32.subarray(from, from + length), t * length);
  });
  return rowsOf(data, [cells.length, length]);
}
