import { argmaxOf } from "../../common/argmax.js";
import { checkOptions, flag, orNull, whole } from "../../common/options.js";
import { shown } from "../../common/shown.js";
import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import { Executable, type Field } from "../../runtime/executable.js";
import { inGroups } from "../../runtime/groups.js";
import { variantOf } from "../../runtime/method.js";
import type { Outputs } from "../../runtime/outputs.js";
import { circuitOf, runIntegers, type Circuit, type IntegerStep } from "./integerMachine.js";
import type { NeuralRandomAccessMachine } from "./neuralRandomAccessMachine.js";

/** How memories are run. */
export interface MachineRunOptions {
  /** Cells of the memory: what a memory lacks is 0. Default: as many as it has. */
  cells?: number;
  /** Steps at most. Default: twice as many as there are cells. */
  steps?: number;
  /** Whether the discretised machine runs: whole numbers, and of each choice the most probable. Default: false. */
  discrete?: boolean;
  /** Whether to bring back every step. Default: false. */
  trace?: boolean;
}

/** A step of a machine. */
export interface MachineStep {
  /** The circuit, each of whose wires is the most probable. */
  readonly circuit: Circuit;
  /** How probable each wire is: arguments of the modules in their order, then registers. */
  readonly certainty: readonly number[];
  /** Values that modules put out, of each the most probable. */
  readonly outputs: readonly number[];
  /** Values of registers and memory behind the step, of each the most probable. */
  readonly registers: readonly number[];
  readonly memory: readonly number[];
  /** How probable these values are; 1 in a discretised machine. */
  readonly probabilities: { readonly registers: readonly number[]; readonly memory: readonly number[] };
  /** How probable it is that the machine stops behind this step. */
  readonly stop: number;
}

/** What a machine made of a memory. */
export interface MachineResult {
  /** The most probable content of each cell when the machine stops. */
  readonly memory: readonly number[];
  /** How probable each is; 1 in a discretised machine. */
  readonly probabilities: readonly number[];
  /** Steps: those done, or the mean number of those that the machine takes before it stops. */
  readonly steps: number;
  /** Every step; null unless asked for. */
  readonly trace: readonly MachineStep[] | null;
}

/** Memories that run in one call. */
const AT_ONCE = 64;
const MOST_CELLS = 1024;
const TRACES = ["registers", "memory", "outputs", "wiring", "stop"];

/** Runs machines on memories. */
export class MachineRunner {
  readonly #model: NeuralRandomAccessMachine;
  readonly #executable: Executable;

  constructor(model: NeuralRandomAccessMachine) {
    this.#model = model;
    this.#executable = new Executable(model);
  }

  run(engine: Engine, memories: readonly ArrayLike<number>[], options: MachineRunOptions): MachineResult[] {
    const owner = `${this.#model.name}.run`;
    expectEngine(owner, engine);
    const { cells, steps, discrete, trace } = checkOptions(owner, options, {
      cells: [null, orNull(whole(3, { most: MOST_CELLS }))],
      steps: [null, orNull(whole(1, { most: 0xffff }))],
      discrete: [false, flag()],
      trace: [false, flag()],
    });
    if (!Array.isArray(memories)) {
      throw new TypeError(`${owner}: the memories are ${shown(memories)}, and must be an array of memories`);
    }
    const filled = memories.map((memory, i) => filledUp(`${owner}: memory ${i}`, memory, cells));
    const stepsOf = (memory: readonly number[]): number => steps ?? 2 * memory.length;
    if (discrete) {
      const circuitAt = this.#circuits(engine);
      return filled.map((memory) => {
        const { registers } = this.#model.options;
        return integerResult(runIntegers(circuitAt(), memory, { registers, steps: stepsOf(memory) }), trace);
      });
    }
    const groups = { sizeOf: ({ length }: readonly number[]) => length, most: AT_ONCE };
    const alike = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length;
    return inGroups(filled, { ...groups, alike }, (group) => {
      const outputs = this.#soft(engine, group, stepsOf(group[0]!), trace);
      return group.map((memory, i) => this.#resultOf(outputs, i, memory.length, trace));
    });
  }

  /** Runs memories of one length. */
  #soft(engine: Engine, memories: readonly (readonly number[])[], steps: number, trace: boolean): Outputs {
    const count = memories.length;
    const cells = memories[0]!.length;
    const memory = new Float32Array(cells * count);
    memories.forEach((each, i) => each.forEach((value, cell) => (memory[cell * count + i] = value)));
    const last = new Float32Array(steps * count).fill(1, (steps - 1) * count);
    const fields: Field[] = [
      { name: "memory", data: memory, time: cells, size: 1 },
      { name: "last", data: last, time: steps, size: 1 },
    ];
    const wanted = trace ? TRACES : ["stop"];
    const variant = variantOf(this.#model, `run ${wanted}`, this.#model.methods({ trace: wanted })["answer"]!);
    return this.#executable.run(engine, variant, { count, dimensions: { cells, steps }, fields });
  }

  #resultOf(outputs: Outputs, example: number, cells: number, trace: boolean): MachineResult {
    const of = (name: string): Float32Array => outputs.of(name, example).data;
    const stops = of("trace stop");
    const { values, probabilities } = likeliestRows(of("answer"), cells);
    const steps = stops.reduce((mean, p, t) => mean + p * (t + 1), 0);
    return { memory: values, probabilities, steps, trace: trace ? this.#stepsOf(of, stops, cells) : null };
  }

  #stepsOf(of: (name: string) => Float32Array, stops: Float32Array, cells: number): MachineStep[] {
    const { layout } = this.#model;
    const [registers, memory, outputs, wiring] = TRACES.slice(0, 4).map((name) => of(`trace ${name}`)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const at = (all: Float32Array, t: number, size: number): Float32Array => all.subarray(t * size, (t + 1) * size);
    return Array.from(stops, (stop, t) => {
      const chosen = at(wiring, t, layout.outputs - 1);
      const held = likeliestRows(at(registers, t, layout.registers * cells), cells);
      const contents = likeliestRows(at(memory, t, cells * cells), cells);
      return {
        circuit: circuitOf(layout, [...chosen, t + 1 === stops.length ? 1 : 0]),
        certainty: certaintyOf(layout, chosen),
        outputs: likeliestRows(at(outputs, t, layout.modules * cells), cells).values,
        registers: held.values,
        memory: contents.values,
        probabilities: { registers: held.probabilities, memory: contents.probabilities },
        stop,
      };
    });
  }

  /** The circuits of a fresh run, each by which registers are 0. */
  #circuits(engine: Engine): () => (isZero: readonly boolean[]) => Circuit {
    const model = this.#model;
    const { registers, hiddenSize, controller } = model.options;
    const variant = variantOf(model, "wire", { record: model.wire });
    const wire = (isZero: readonly boolean[], state: Readonly<Record<string, Float32Array>>): Outputs => {
      const data = Float32Array.from({ length: registers }, (_, i) => Number(isZero[i]));
      const fields = Object.entries(state).map(([name, data]) => ({ name, data, time: 1, size: hiddenSize }));
      fields.push({ name: "isZero", data, time: 1, size: registers });
      return this.#executable.run(engine, variant, { count: 1, dimensions: {}, fields });
    };
    const circuitIn = (outputs: Outputs): Circuit => circuitOf(model.layout, outputs.of("outputs", 0).data);
    if (controller === "feedforward") {
      const known = new Map<string, Circuit>(); // of 2^R there can be, section 3.4
      const circuitAt = (isZero: readonly boolean[]): Circuit => {
        const key = isZero.map(Number).join("");
        let circuit = known.get(key);
        if (!circuit) known.set(key, (circuit = circuitIn(wire(isZero, {}))));
        return circuit;
      };
      return () => circuitAt;
    }
    return () => {
      let state = model.firstState();
      return (isZero) => {
        const outputs = wire(isZero, state);
        state = { h: outputs.of("next h", 0).data, c: outputs.of("next c", 0).data };
        return circuitIn(outputs);
      };
    };
  }

  /** Gives back what runs keep in an engine. */
  release(engine: Engine): void {
    engine.release(this.#executable);
  }
}

/** A memory with as many cells as there are to be. @throws TypeError, RangeError when it is none. */
function filledUp(what: string, memory: ArrayLike<number>, cells: number | null): number[] {
  const length: unknown = (memory as ArrayLike<number> | null | undefined)?.length;
  if (typeof memory !== "object" || typeof length !== "number") {
    throw new TypeError(`${what} is ${shown(memory)}, and must be a list of numbers`);
  }
  const m = cells ?? length;
  if (length > m || m < 3 || m > MOST_CELLS) {
    const wanted = cells ? `at most ${cells}` : `from 3 to ${MOST_CELLS}`;
    throw new RangeError(`${what} has ${length} ${length === 1 ? "number" : "numbers"}, and must have ${wanted}`);
  }
  return Array.from({ length: m }, (_, cell) => {
    const value = cell < length ? memory[cell]! : 0;
    if (Number.isInteger(value) && value >= 0 && value < m) return value;
    throw new RangeError(`${what}: cell ${cell} is ${shown(value)}, and must be a whole number from 0 to ${m - 1}`);
  });
}

/** Of each row of so many numbers, the most probable value and its probability. */
function likeliestRows(data: Float32Array, cols: number): { values: number[]; probabilities: number[] } {
  const rows = Array.from({ length: data.length / cols }, (_, row) => data.subarray(row * cols, (row + 1) * cols));
  const values = rows.map(argmaxOf);
  return { values, probabilities: values.map((value, row) => rows[row]![value]!) };
}

/** How probable the most probable source of each argument, and of each register, is. */
function certaintyOf(
  { registers, modules }: { readonly registers: number; readonly modules: number },
  chosen: Float32Array,
): number[] {
  let at = 0;
  const largest = (length: number): number => chosen.subarray(at, (at += length)).reduce((a, b) => Math.max(a, b));
  const ofArguments = Array.from({ length: 2 * modules }, (_, i) => largest(registers + Math.floor(i / 2)));
  return [...ofArguments, ...Array.from({ length: registers }, () => largest(registers + modules))];
}

function integerResult(steps: readonly IntegerStep[], trace: boolean): MachineResult {
  const { memory } = steps.at(-1)!;
  const ones = (of: readonly unknown[]): number[] => of.map(() => 1);
  return {
    memory,
    probabilities: ones(memory),
    steps: steps.length,
    trace: trace
      ? steps.map((step, t) => ({
          ...step,
          certainty: ones([...step.outputs, ...step.outputs, ...step.registers]),
          probabilities: { registers: ones(step.registers), memory: ones(step.memory) },
          stop: Number(t + 1 === steps.length),
        }))
      : null,
  };
}
