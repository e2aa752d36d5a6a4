import { shown } from "../common/shown.js";
import type { Engine } from "../engine/engine.js";
import type { Program } from "../graph/program.js";
import type { Dimension } from "../graph/size.js";
import { isStreams } from "../graph/streams.js";
import type { Variant } from "../runtime/executable.js";
import { batchAxis } from "../runtime/outputs.js";
import type { Runnable } from "../runtime/runnable.js";
import type { Stepping } from "../runtime/session.js";
import { sequencePorts, type SequencePorts } from "./sequencePorts.js";

/** Programs of a method by rows, the most first; the last is for one row. */
export type RowPrograms = readonly (readonly [rows: number, program: Program])[];

/** A parameter of a compiled model. */
export interface CompiledParameter {
  /** Dotted path in the model. */
  readonly path: string;
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/** What a file holds, read and checked. */
export interface Contents {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly parameters: readonly CompiledParameter[];
  readonly methods: ReadonlyMap<string, RowPrograms>;
  readonly session: Program | undefined;
}

/** Axes by the names of arrays: "batch", the name of a length, or a number. */
export type Axes = Readonly<Record<string, readonly (string | number)[]>>;

/** What a method reads and answers. */
export interface MethodPorts {
  readonly inputs: Axes;
  readonly outputs: Axes;
  /** Names of lengths known only at run time. */
  readonly lengths: readonly string[];
}

const axesOf = (ports: Program["inputs"]): Axes =>
  Object.fromEntries(
    [...ports]
      .filter(([name]) => !isStreams(name))
      .map(([name, port]) => [name, port.shape.map((axis, i) => (i === batchAxis(port) ? "batch" : unnamed(axis)))]),
  );
const unnamed = (axis: Dimension | number): string | number => (typeof axis === "number" ? axis : axis.name);

export const countOf = (parameters: readonly CompiledParameter[]): number =>
  parameters.reduce((count, { values }) => count + values.length, 0);

/** The programs of a file, for whatever runs programs. */
export class CompiledPrograms implements Runnable, Stepping {
  readonly name: string;
  readonly #contents: Contents;
  readonly #sequence: SequencePorts | undefined;

  constructor(contents: Contents) {
    this.name = contents.name;
    this.#contents = contents;
    const run = contents.methods.get("run")?.at(-1)?.[1];
    this.#sequence = run && sequencePorts(run);
  }

  /** @throws TypeError unless the model runs sequences. */
  get inputSize(): number {
    return this.#sizes.inputSize;
  }

  /** @throws TypeError unless the model runs sequences. */
  get outputSize(): number {
    return this.#sizes.outputSize;
  }

  get trace(): readonly string[] {
    return this.#sequence?.trace ?? [];
  }

  get #sizes(): SequencePorts {
    return this.#sequence ?? this.#lacks("run of sequences");
  }

  #lacks(what: string): never {
    const has = [...this.#contents.methods.keys()].join(", ");
    throw new TypeError(`This compiled ${this.name} has no ${what}; its methods are ${has}`);
  }

  readonly parameters = {
    in: (engine: Engine): number =>
      engine.keep(this, "parameters", () => {
        const { parameters } = this.#contents;
        const address = engine.memory.allocate(countOf(parameters) * 4);
        let at = address / 4;
        for (const { values } of parameters) {
          engine.memory.f32.set(values, at);
          at += values.length;
        }
        return address;
      }),
  };

  /** @throws TypeError when the model has no such method. */
  variant(method: string): Variant {
    const programs = this.#contents.methods.get(method) ?? this.#lacks(`method ${shown(method)}`);
    const largest = (most: number): RowPrograms[number] => programs.find(([rows]) => rows <= most)!;
    return { key: method, program: (rows) => largest(rows)[1], cut: (left) => largest(left)[0] };
  }

  portsOf(method: string): MethodPorts {
    const { inputs, outputs, dimensions } = this.variant(method).program(1);
    return { inputs: axesOf(inputs), outputs: axesOf(outputs), lengths: [...dimensions.keys()] };
  }

  program(rows: number, trace: readonly string[]): Program {
    const compiled = this.trace;
    for (const wanted of trace) {
      if (compiled.includes(wanted)) continue;
      const has = compiled.length ? `it was compiled to bring back ${compiled.join(", ")}` : "it was compiled without";
      throw new TypeError(`This compiled ${this.name} has no value ${shown(wanted)} to trace; ${has}`);
    }
    return this.variant("run").program(rows);
  }

  /** @throws TypeError unless the model runs one step at a time. */
  sessionProgram(): Program {
    return this.#contents.session ?? this.#lacks("session");
  }

  /** As many as the largest program takes that they fill. */
  shardRows(left: number, batch: number): number {
    return this.variant("run").cut!(left, batch);
  }
}
