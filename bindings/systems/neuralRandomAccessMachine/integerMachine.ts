import { argmaxOf } from "../../common/argmax.js";
import { applyModule, argumentCount, machineModules, type CircuitLayout, type MachineModule } from "./modules.js";

/** A module of a circuit and where its arguments come from: registers from 0 on, then the modules before it. */
export interface CircuitModule {
  readonly module: MachineModule;
  /** As many sources as it has arguments. */
  readonly sources: readonly number[];
}

/** A circuit in which every wire is one: what each softmax finds the most probable. */
export interface Circuit {
  readonly modules: readonly CircuitModule[];
  /** Where each register's next value comes from: registers from 0 on, then modules. */
  readonly registers: readonly number[];
  /** Whether the machine stops behind this step. */
  readonly stops: boolean;
}

/** The circuit of a controller's outputs: argument weights of all lists, register weights, and the logit of stopping. */
export function circuitOf({ registers, modules }: CircuitLayout, outputs: ArrayLike<number>): Circuit {
  let at = 0;
  const choice = (length: number): number => argmaxOf(Array.from({ length }, () => outputs[at++]!));
  const wired = Array.from({ length: modules }, (_, i): CircuitModule => {
    const module = machineModules[i % machineModules.length]!;
    const both = [choice(registers + i), choice(registers + i)];
    return { module, sources: both.slice(0, argumentCount(module)) };
  });
  const next = Array.from({ length: registers }, () => choice(registers + modules));
  return { modules: wired, registers: next, stops: outputs[at]! > 0 };
}

/** A step of an integer machine. */
export interface IntegerStep {
  readonly circuit: Circuit;
  /** Numbers that modules put out, in their order. */
  readonly outputs: readonly number[];
  /** Registers and memory behind the step. */
  readonly registers: readonly number[];
  readonly memory: readonly number[];
}

/**
 * One step of the discretised machine, Kurach et al. 2016, arXiv:1511.06392, section 3.4: every softmax is its argmax,
 * every distribution a whole number, and a module one operation.
 */
export function integerStep(circuit: Circuit, registers: readonly number[], before: readonly number[]): IntegerStep {
  const memory = [...before];
  const pool = [...registers];
  for (const { module, sources } of circuit.modules) {
    const [a = 0, b = 0] = sources.map((source) => pool[source]!);
    pool.push(applyModule(module, a, b, memory));
  }
  return {
    circuit,
    outputs: pool.slice(registers.length),
    registers: circuit.registers.map((source) => pool[source]!),
    memory,
  };
}

/**
 * A run of the discretised machine from registers of 0. `circuitAt` gives the circuit of a step, by which registers
 * are 0. It stops where a circuit says so, and at the last of `steps` in any case.
 */
export function runIntegers(
  circuitAt: (isZero: readonly boolean[]) => Circuit,
  memory: readonly number[],
  { registers, steps }: { readonly registers: number; readonly steps: number },
): IntegerStep[] {
  const done: IntegerStep[] = [];
  let held: Pick<IntegerStep, "registers" | "memory"> = { registers: new Array<number>(registers).fill(0), memory };
  while (done.length < steps) {
    const circuit = circuitAt(held.registers.map((value) => value === 0));
    const step = integerStep(circuit, held.registers, held.memory);
    done.push(step);
    if (circuit.stops) break;
    held = step;
  }
  return done;
}
