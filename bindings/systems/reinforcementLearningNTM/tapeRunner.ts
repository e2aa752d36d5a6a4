import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import { checkOptions, expectOptions, expectValue, flag, whole } from "../../common/options.js";
import { shown } from "../../common/shown.js";
import { Executable } from "../../runtime/executable.js";
import { inGroups } from "../../runtime/groups.js";
import { variantOf } from "../../runtime/method.js";
import { firstMoveOf, type Head } from "./moves.js";
import type { ReinforcementLearningNTM } from "./reinforcementLearningNTM.js";

/** How inputs are run. */
export interface TapeRunOptions {
  /** Most steps of an episode, as many as cells of the input tape. Default: 6 for each symbol, and 12. */
  steps?: number;
  /** Whether to bring back where the heads were. Default: false. */
  trace?: boolean;
}

/** A step of a run. */
export interface TapeStep {
  /** Where each head stands: a cell of its tape. */
  readonly positions: { readonly [Name in Head]?: number };
  /** How far each head moves at the end of the step. */
  readonly moves: { readonly [Name in Head]?: number };
  /** What is put out, 0 for the end; null where the output head stays. */
  readonly put: number | null;
  /** (memoryCells, width) after the step, row by row; empty without a memory. */
  readonly memory: Float32Array;
}

/** What a machine wrote for an input. */
export interface TapeRun {
  /** What it put out, without the end. */
  readonly symbols: readonly number[];
  /** Whether it put out the end; without it, what it would have written is not known. */
  readonly ended: boolean;
  /** The steps up to the end; absent unless asked for. */
  readonly steps?: readonly TapeStep[];
}

/** Inputs that are run in one call. */
const AT_ONCE = 64;
const TRACES = ["positions", "choices"] as const;

/** Runs the programs of a ReinforcementLearningNTM. */
export class TapeRunner {
  readonly #model: ReinforcementLearningNTM;
  readonly #executable: Executable;

  constructor(model: ReinforcementLearningNTM) {
    this.#model = model;
    this.#executable = new Executable(model);
  }

  run(engine: Engine, inputs: readonly ArrayLike<number>[], options: TapeRunOptions): TapeRun[] {
    const owner = `${this.#model.name}.run`;
    expectEngine(owner, engine);
    this.#expectInputs(owner, inputs);
    const longest = inputs.reduce((most, { length }) => Math.max(most, length), 0);
    const { steps, ...rest } = expectOptions(owner, options);
    const { trace } = checkOptions(owner, rest, { trace: [false, flag()] });
    if (steps !== undefined) expectValue(`${owner}: steps`, steps, whole(longest + 1, { most: 0xff_ffff }));
    const stepsOf = ({ length }: ArrayLike<number>): number => steps ?? 6 * length + 12;
    const alike = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => stepsOf(a) === stepsOf(b);
    return inGroups(inputs, { sizeOf: stepsOf, most: AT_ONCE, alike }, (group) =>
      this.#group(engine, group, stepsOf(group[0]!), trace),
    );
  }

  /** Inputs whose tapes are equally long. */
  #group(engine: Engine, inputs: readonly ArrayLike<number>[], time: number, trace: boolean): TapeRun[] {
    const { machine } = this.#model;
    const count = inputs.length;
    const data = Float32Array.from(
      { length: time * count },
      (_, cell) => inputs[cell % count]![(cell / count) | 0] ?? 0,
    );
    const names = trace ? [...TRACES, ...(machine.memory ? ["memory"] : [])] : [];
    const method = this.#model.methods({ trace: names }).symbols;
    const variant = variantOf(this.#model, `trace ${trace}`, method);
    const outputs = this.#executable.run(engine, variant, {
      count,
      dimensions: { time },
      fields: [{ name: "x", data, time, size: 1 }],
    });
    return inputs.map((_, row): TapeRun => {
      const put = Array.from(outputs.of("symbols", row).data);
      const end = put.indexOf(0);
      const steps = end < 0 ? time : end + 1;
      const run = { symbols: put.slice(0, end < 0 ? time : end).filter((symbol) => symbol > 0), ended: end >= 0 };
      if (!trace) return run;
      const of = (name: string): Float32Array =>
        names.includes(name) ? outputs.of(`trace ${name}`, row).data : new Float32Array(0);
      const [positions, choices, memory] = [of("positions"), of("choices"), of("memory")];
      const size = memory.length / time;
      const stepOf = (t: number): TapeStep => ({
        positions: this.#byHead((head, i) =>
          modulo(positions[t * machine.heads.length + i]!, this.#cellsOf(head, time)),
        ),
        moves: this.#byHead((head, i) => choices[t * machine.heads.length + i]! + firstMoveOf(head)),
        put: put[t]! < 0 ? null : put[t]!,
        memory: memory.slice(t * size, (t + 1) * size),
      });
      return { ...run, steps: Array.from({ length: steps }, (_, t) => stepOf(t)) };
    });
  }

  #byHead(of: (head: Head, i: number) => number): { readonly [Name in Head]?: number } {
    return Object.fromEntries(this.#model.machine.heads.map((head, i) => [head, of(head, i)]));
  }

  #cellsOf(head: Head, time: number): number {
    if (head === "output") return Infinity;
    return head === "memory" ? this.#model.options.memoryCells : time;
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }

  #expectInputs(owner: string, inputs: readonly ArrayLike<number>[]): void {
    if (!Array.isArray(inputs)) {
      throw new TypeError(`${owner}: the inputs are ${shown(inputs)}, and must be an array of inputs`);
    }
    const symbol = whole(1, { most: this.#model.options.symbols - 1 });
    (inputs as readonly ArrayLike<number>[]).forEach((input, i) => {
      expectValue(`${owner}: the length of input ${i}`, input?.length, whole(1));
      for (let t = 0; t < input.length; ++t) expectValue(`${owner}: input ${i}, symbol ${t}`, input[t], symbol);
    });
  }
}

/** A place on a tape whose ends are joined. */
const modulo = (place: number, cells: number): number =>
  cells === Infinity ? place : ((place % cells) + cells) % cells;
