import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import { checkOptions, expectValue, flag, whole } from "../../common/options.js";
import { Executable } from "../../runtime/executable.js";
import { variantOf } from "../../runtime/method.js";
import { inGroups } from "../../runtime/groups.js";
import { shown } from "../../common/shown.js";
import type { NeuralGPU } from "./neuralGPU.js";

/** What is brought back of a run. */
export interface SymbolRunOptions {
  /** Whether to bring back the state of every step. Default: false. */
  trace?: boolean;
}

/** The state behind a step. */
export interface SymbolStep {
  /** (width, length, maps), row by row. */
  readonly image: Float32Array;
  /** What would be answered if it were the last. */
  readonly symbols: readonly number[];
}

/** What a sequence was turned into. */
export interface SymbolRun {
  /** As many as went in. */
  readonly symbols: readonly number[];
  /** What a run of so many steps leaves; absent unless asked for. */
  readonly steps?: readonly SymbolStep[];
}

/** Sequences that are run in one call. */
const AT_ONCE = 64;

/** What is traced of every step. */
const STEPS = ["image", "readings"] as const;

/** Runs the programs of a Neural GPU. */
export class SymbolRunner {
  readonly #model: NeuralGPU;
  readonly #executable: Executable;

  constructor(model: NeuralGPU) {
    this.#model = model;
    this.#executable = new Executable(model);
  }

  run(engine: Engine, sequences: readonly ArrayLike<number>[], options: SymbolRunOptions): SymbolRun[] {
    const owner = `${this.#model.name}.run`;
    expectEngine(owner, engine);
    const { trace } = checkOptions(owner, options, { trace: [false, flag()] });
    this.#expectSequences(owner, sequences);
    const alike = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => a.length === b.length;
    return inGroups(sequences, { sizeOf: ({ length }) => length, most: AT_ONCE, alike }, (group) =>
      this.#group(engine, group, trace),
    );
  }

  /** Sequences of one length. */
  #group(engine: Engine, sequences: readonly ArrayLike<number>[], trace: boolean): SymbolRun[] {
    const count = sequences.length;
    const time = sequences[0]!.length;
    const data = Float32Array.from(
      { length: time * count },
      (_, cell) => sequences[cell % count]![(cell / count) | 0]!,
    );
    const method = this.#model.methods({ trace: trace ? [...STEPS] : [] }).symbols;
    const variant = variantOf(this.#model, `trace ${trace}`, method);
    const feed = { count, dimensions: { time }, fields: [{ name: "x", data, time, size: 1 }] };
    const outputs = this.#executable.run(engine, variant, feed);
    return sequences.map((_, row): SymbolRun => {
      const symbols = Array.from(outputs.of("symbols", row).data);
      if (!trace) return { symbols };
      const [images, readings] = [outputs.of("trace image", row).data, outputs.of("trace readings", row).data];
      const stepOf = (of: Float32Array, step: number): Float32Array =>
        of.subarray((step * of.length) / time, ((step + 1) * of.length) / time);
      const steps = Array.from({ length: time }, (_, step): SymbolStep => {
        return { image: stepOf(images, step), symbols: Array.from(stepOf(readings, step)) };
      });
      return { symbols, steps };
    });
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }

  #expectSequences(owner: string, sequences: readonly ArrayLike<number>[]): void {
    if (!Array.isArray(sequences)) {
      throw new TypeError(`${owner}: the sequences are ${shown(sequences)}, and must be an array of sequences`);
    }
    const symbol = whole(0, { most: this.#model.options.symbols - 1 });
    (sequences as readonly ArrayLike<number>[]).forEach((sequence, i) => {
      expectValue(`${owner}: the length of sequence ${i}`, sequence?.length, whole(1));
      for (let t = 0; t < sequence.length; ++t)
        expectValue(`${owner}: sequence ${i}, symbol ${t}`, sequence[t], symbol);
    });
  }
}
