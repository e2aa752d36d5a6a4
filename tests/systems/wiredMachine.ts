/** Machines whose controller is wired by hand: every softmax is nearly one-hot on a circuit that somebody wrote. */
import { machineModules, type MachineModule } from "../../bindings/systems/neuralRandomAccessMachine/modules.js";
import { NeuralRandomAccessMachine } from "../../bindings/systems/neuralRandomAccessMachine/neuralRandomAccessMachine.js";

type Source = `r${number}` | MachineModule;

/** A circuit, and the registers that must be 0, or not, for it. */
export type HandMade = { readonly [Module in MachineModule]?: readonly Source[] } & {
  readonly next: readonly Source[];
  readonly when: (isZero: readonly boolean[]) => boolean;
};

export interface Wires {
  readonly registers: number;
  readonly circuits: readonly HandMade[];
}

/** Logit of a wire. */
const STRONG = 25;

/**
 * A hidden unit for each of the 2^R ways in which registers can be 0, which only fires there; the wires of its circuit
 * have a large logit. The machine never stops by itself.
 */
export function wiredMachine({ registers, circuits }: Wires): NeuralRandomAccessMachine {
  const states = 2 ** registers;
  const model = new NeuralRandomAccessMachine({ registers, hiddenSize: states });
  const all = new Map(model.namedParameters());
  const values = new Float32Array(model.parameterCount);
  const put = (path: string, index: number, value: number): void => {
    values[all.get(path)!.offset + index] = value;
  };
  for (let state = 0; state < states; ++state) {
    const isZero = Array.from({ length: registers }, (_, i) => Boolean(state & (1 << i)));
    // ReLU(Σ ±x + 1 − zeros): 1 where every register is as the state says, else 0.
    isZero.forEach((zero, i) => put("hidden.weights", i * states + state, zero ? 1 : -1));
    put("hidden.bias", state, 1 - isZero.filter(Boolean).length);
    put("second.weights", state * states + state, 1);
    const circuit = circuits.find(({ when }) => when(isZero))!;
    let at = 0;
    const { outputs } = model.layout;
    const choose = (source: Source | undefined, length: number): void => {
      if (source) put("wires.weights", state * outputs + at + indexOf(source, registers), STRONG);
      at += length;
    };
    machineModules.forEach((module, i) => {
      const [a, b] = circuit[module] ?? [];
      choose(a, registers + i);
      choose(b, registers + i);
    });
    circuit.next.forEach((source) => choose(source, registers + machineModules.length));
    put("wires.bias", at, -STRONG);
  }
  model.parameters.set(values);
  return model;
}

const indexOf = (source: Source, registers: number): number =>
  source.startsWith("r") ? Number(source.slice(1)) - 1 : registers + machineModules.indexOf(source as MachineModule);
