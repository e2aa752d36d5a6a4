import type { Engine } from "../engine/engine.js";
import { expectEngine } from "../engine/expectEngine.js";
import { Executable } from "./executable.js";
import type { Runnable } from "./runnable.js";
import { expectFinite } from "./outputError.js";
import { pack, rowsOf, type Rows, type Sequences } from "./sequences.js";
import { expectOptions } from "../common/options.js";
import { shown } from "../common/shown.js";

/** What a run brings back beside the outputs. */
export interface RunOptions {
  /** Names of values to bring back, as the model documents them. */
  trace?: readonly string[];
}

/** What a run brings back; for a batch, every value is an array with one entry a sequence. */
export interface RunResult<Result = Rows> {
  /** (time, outputSize), as logits. */
  readonly outputs: Result;
  /** By name: (time, …). */
  readonly trace: Readonly<Record<string, Result>>;
}

/** Runs sequences through a model, whether it was recorded here or compiled before. */
export class SequenceRunner {
  readonly #model: Runnable;
  readonly #executable: Executable;

  constructor(model: Runnable) {
    this.#model = model;
    this.#executable = new Executable(model);
  }

  /** @throws OutputError when outputs are not finite, and as `pack` does. */
  run(engine: Engine, inputs: Sequences, options: RunOptions): RunResult {
    const owner = `${this.#model.name}.run`;
    expectEngine(owner, engine);
    const { trace = [] } = expectOptions(owner, options);
    if (!Array.isArray(trace)) throw new TypeError(`${owner}: trace is ${shown(trace)}, and must be an array of names`);
    const { data, lengths, time, isBatch } = pack(owner, inputs, this.#model.inputSize);
    const x = { name: "x", data, time, size: this.#model.inputSize };
    const outputs = this.#executable.run(
      engine,
      {
        key: keyOf(trace),
        program: (rows) => this.#model.program(rows, trace),
        cut: this.#model.shardRows?.bind(this.#model),
      },
      { count: lengths.length, dimensions: { time }, fields: [x] },
    );
    const result = (name: string): Rows => {
      const values = lengths.map((length, i) => {
        const { data, shape } = outputs.of(name, i, length);
        if (name === "y") expectFinite(owner, data);
        return rowsOf(data, shape);
      });
      return isBatch ? (values as unknown as Rows) : values[0]!;
    };
    return {
      outputs: result("y"),
      trace: Object.fromEntries(trace.map((name) => [name, result(`trace ${name}`)])),
    };
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }
}

/** Names as a key; what is no name is refused when a program is made for it. */
const keyOf = (trace: readonly unknown[]): string => trace.map(shown).join();
