import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import { LoadedProgram } from "../../engine/loadedProgram.js";
import { Machine } from "../../engine/machine.js";
import { Shards, wideShardRows, type Cut } from "../../engine/shards.js";
import type { AttentionSeq2Seq } from "./attentionSeq2Seq.js";
import { checkOptions, expectOptions, flag, notNegative, whole } from "../../common/options.js";
import { shown } from "../../common/shown.js";
import { LastRun } from "../../runtime/lastRun.js";
import { beamProgram, greedyProgram } from "./decoding.js";
import { DecodingSteps } from "./decodingSteps.js";
import { rowsOf, type Rows } from "../../runtime/sequences.js";

/** How sources are turned into targets. */
export interface TransduceOptions {
  /** Ways to go on that are followed at once; 1 takes the likeliest symbol each time. Default: 1. */
  beam?: number;
  /**
   * α: of ended beams the one with the highest score / length^α wins. 0 favours the short. Default: 1, the mean of a
   * symbol.
   */
  lengthPenalty?: number;
  /** Most symbols of a target. Default: twice the source's, rounded up, and 10, but at most 1,000. */
  limit?: number;
  /** Whether to bring back how much of each annotation was read. Default: false. */
  attention?: boolean;
}

/** A way to go on that beam search has found. */
export interface Beam {
  readonly symbols: readonly string[];
  /** Natural logarithm of its probability. */
  readonly score: number;
  /** What beams are ordered by. */
  readonly rank: number;
  /** Whether it came to its end before the limit. */
  readonly ended: boolean;
}

/** What a source was turned into. */
export interface Transduced extends Beam {
  /** (symbols, source), the end included: how much of each annotation was read for a symbol; null unless asked for. */
  readonly attention: Rows | null;
  /** All that beam search has found, the best first. */
  readonly beams: readonly Beam[];
}

const MOST_BEAMS = 256;
/** Sources that are turned at once. */
const AT_ONCE = 64;
const LONGEST = 1000;

/** Runs the programs of an encoder and a decoder over sources of symbols. */
export class Transducer {
  readonly #model: AttentionSeq2Seq;

  constructor(model: AttentionSeq2Seq) {
    this.#model = model;
  }

  run(engine: Engine, sources: readonly unknown[], options: TransduceOptions): Transduced[] {
    const owner = `${this.#model.name}.run`;
    expectEngine(owner, engine);
    const { limit, ...rest } = expectOptions(owner, options);
    const { beam, lengthPenalty, attention } = checkOptions(owner, rest, {
      beam: [1, whole(1, { most: MOST_BEAMS })],
      lengthPenalty: [1, notNegative()],
      attention: [false, flag()],
    });
    if (limit !== undefined) checkOptions(owner, { limit }, { limit: [undefined, whole(1)] });
    if (!Array.isArray(sources))
      throw new TypeError(`${owner}: the sources are ${shown(sources)}, and must be an array`);
    const asked = sources.map((source, i) => ({ i, numbers: this.#numbersOf(owner, source, `source ${i}`) }));
    const results: Transduced[] = [];
    // Those of like length together: what is shorter than the longest is padding.
    asked.sort((a, b) => a.numbers.length - b.numbers.length);
    for (let begin = 0, size = 0; begin < asked.length; begin += size) {
      const most = limitOf(asked[begin]!.numbers.length);
      const group = asked.slice(begin, begin + AT_ONCE).filter(({ numbers }) => limitOf(numbers.length) === most);
      size = group.length;
      const chosen = { beam, lengthPenalty, attention, limit: limit ?? most };
      const transduced = this.#group(
        engine,
        group.map(({ numbers }) => numbers),
        chosen,
      );
      group.forEach(({ i }, row) => (results[i] = transduced[row]!));
    }
    return results;
  }

  /** Sources that run in one call. */
  #group(engine: Engine, sources: readonly Float32Array[], options: Required<TransduceOptions>): Transduced[] {
    const { beam, limit, lengthPenalty, attention } = options;
    const isGreedy = beam === 1;
    const key = isGreedy ? `greedy ${attention}` : `beam ${beam} ${lengthPenalty} ${attention}`;
    const programOf = (rows: number): LoadedProgram => {
      const program = () =>
        isGreedy
          ? greedyProgram(this.#model, rows, attention)
          : beamProgram(this.#model, beam, lengthPenalty, attention);
      return engine.keep(this, `${key} ${rows}`, () => new LoadedProgram(engine, program()));
    };
    const last = engine.keep(this, "run", () => new LastRun());
    const runKey = `${key} of ${sources.length}`;
    if (last.key !== runKey || !last.shards) {
      // Each beam search is a batch of its own; rows are whole beams.
      const cut: Cut = isGreedy ? wideShardRows : () => 1;
      const shards = new Shards(engine, sources.length, programOf, undefined, cut);
      last.free();
      Object.assign(last, { key: runKey, shards });
    }
    const shards = last.shards!;
    const source = sources.at(-1)!.length;
    shards.prepare({ source, limit }, this.#model.parameters.in(engine));
    writeSources(shards, sources, source);
    shards.run();
    return shards.shards.flatMap(({ machine, begin, rows }) => {
      const read = new Reader(machine, limit);
      const lengths = sources.slice(begin, begin + rows).map(({ length }) => length);
      return isGreedy
        ? lengths.map((length, row) => this.#greedy(read, { row, rows, source, length, attention }))
        : [this.#beams(read, { row: 0, rows: beam, source, length: lengths[0]!, attention })];
    });
  }

  #greedy(read: Reader, { row, rows, source, length, attention }: Where): Transduced {
    const numbers: number[] = [];
    let score = 0;
    let ended = false;
    for (let t = 0; t < read.limit && !ended; ++t) {
      const number = read.at("symbols", t * rows + row);
      score += read.at("scores", t * rows + row);
      if (number) numbers.push(number);
      else ended = true;
    }
    const steps = numbers.length + Number(ended);
    const rank = score / steps;
    const symbols = numbers.map((number) => this.#model.target.symbolOf(number));
    const weights = attention
      ? read.weights(
          Array.from({ length: steps }, (_, t) => t * rows + row),
          source,
          length,
        )
      : null;
    const beam = { symbols, score, rank, ended };
    return { ...beam, attention: weights, beams: [beam] };
  }

  #beams(read: Reader, { rows, source, length, attention }: Where): Transduced {
    const all = Array.from({ length: rows }, (_, j) => j);
    const steps = Math.max(...all.map((j) => read.at("lengths", j)));
    const found = all
      .filter((j) => read.at("ranks", j) > -Infinity)
      .map((j) => {
        const numbers: number[] = [];
        const cells: number[] = [];
        for (let t = steps - 1, beam = j; t >= 0; --t) {
          const cell = t * rows + beam;
          const number = read.at("symbols", cell);
          beam = read.at("parents", cell);
          numbers.push(number);
          cells.push(t * rows + beam); // the weights are those of the beam that went on
        }
        numbers.reverse();
        cells.reverse();
        const end = numbers.indexOf(0);
        const said = end < 0 ? numbers : numbers.slice(0, end);
        const symbols = said.map((number) => this.#model.target.symbolOf(number));
        const beam = { symbols, score: read.at("totals", j), rank: read.at("ranks", j), ended: end >= 0 };
        return { beam, cells: cells.slice(0, said.length + Number(end >= 0)) };
      });
    const { beam, cells } = found[0]!;
    const weights = attention ? read.weights(cells, source, length) : null;
    return { ...beam, attention: weights, beams: found.map(({ beam }) => beam) };
  }

  async *decode(engine: Engine, source: unknown, options: { limit?: number }): AsyncGenerator<string> {
    const owner = `${this.#model.name}.decode`;
    expectEngine(owner, engine);
    const numbers = this.#numbersOf(owner, source, "the source");
    const { limit } = checkOptions(owner, options, { limit: [limitOf(numbers.length), whole(1)] });
    const steps = new DecodingSteps(engine, this.#model, numbers);
    try {
      for (let t = 0; t < limit; ++t) {
        const number = await steps.next();
        if (number === 0) return;
        yield this.#model.target.symbolOf(number);
      }
    } finally {
      steps.free();
    }
  }

  #numbersOf(owner: string, source: unknown, what: string): Float32Array {
    const symbols: unknown = typeof source === "string" ? [...source] : source;
    const areSymbols = Array.isArray(symbols) && symbols.every((symbol) => typeof symbol === "string");
    if (!areSymbols)
      throw new TypeError(`${owner}: ${what} is ${shown(source)}, and must be a string or an array of symbols`);
    if (!symbols.length) throw new RangeError(`${owner}: ${what} is empty, and must have at least one symbol`);
    return Float32Array.from(symbols as string[], (symbol) => this.#model.source.numberOf(symbol) ?? 0);
  }
}

interface Where {
  readonly row: number;
  readonly rows: number;
  /** Steps of the longest source, and of this one. */
  readonly source: number;
  readonly length: number;
  readonly attention: boolean;
}

/** In steps, so that sources of like length have the same, and can run together. */
const limitOf = (length: number): number => Math.min(16 * Math.ceil(length / 8) + 10, LONGEST);

/** What a machine has put out. */
class Reader {
  readonly #memory: Float32Array;

  constructor(
    readonly machine: Machine,
    readonly limit: number,
  ) {
    this.#memory = machine.engine.memory.f32;
  }

  at(name: string, i: number): number {
    return this.#memory[this.machine.outputAt(name) + i]!;
  }

  /** Rows of so many weights each, cut to the length of the source. */
  weights(cells: readonly number[], source: number, length: number): Rows | null {
    if (!this.machine.loaded.program.outputs.has("attention")) return null;
    const first = this.machine.outputAt("attention");
    const data = new Float32Array(cells.length * length);
    cells.forEach((cell, t) => {
      const from = first + cell * source;
      data.set(this.#memory.subarray(from, from + length), t * length);
    });
    return rowsOf(data, [cells.length, length]);
  }
}

function writeSources(shards: Shards, sources: readonly Float32Array[], time: number): void {
  const count = sources.length;
  const numbers = new Float32Array(time * count);
  const inside = new Float32Array(time * count);
  sources.forEach((source, i) => {
    source.forEach((number, t) => {
      numbers[t * count + i] = number;
      inside[t * count + i] = 1;
    });
  });
  shards.writeSequence("source", numbers, time, count, 1);
  shards.writeSequence("inside", inside, time, count, 1);
  shards.writeSequence(
    "lengths",
    Float32Array.from(sources, ({ length }) => length),
    1,
    count,
    1,
  );
}
