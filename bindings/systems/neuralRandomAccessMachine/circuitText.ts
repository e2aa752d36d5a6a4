import type { Circuit, CircuitModule } from "./integerMachine.js";
import { machineModules } from "./modules.js";

/** A module of a circuit that something depends on. */
export interface LiveModule extends CircuitModule {
  /** Where it is among sources: behind the registers. */
  readonly source: number;
  /** What a drawing calls it: READ, or READ′ where it belongs to a second list. */
  readonly name: string;
}

/** Name of a source: r1, r2, … of registers, then modules. */
export function sourceName(source: number, registers: number): string {
  if (source < registers) return `r${source + 1}`;
  const at = source - registers;
  const list = Math.floor(at / machineModules.length);
  return machineModules[at % machineModules.length]! + "′".repeat(list);
}

/** The modules that a circuit's WRITEs and next registers depend on, in their order, and the WRITEs. */
export function liveModules(circuit: Circuit): LiveModule[] {
  const registers = circuit.registers.length;
  const isLive = circuit.modules.map(({ module }) => module === "WRITE");
  const reach = (source: number): void => {
    if (source >= registers) isLive[source - registers] = true;
  };
  circuit.registers.forEach(reach);
  for (let i = circuit.modules.length - 1; i >= 0; --i) if (isLive[i]) circuit.modules[i]!.sources.forEach(reach);
  return circuit.modules.flatMap((each, i) => {
    const source = registers + i;
    return isLive[i] ? [{ ...each, source, name: sourceName(source, registers) }] : [];
  });
}

/**
 * A circuit in a line, such as "READ(r4) ADD(r4, r2) WRITE(ADD, READ) r3 := r4": its modules in their order, and the
 * registers that change.
 */
export function circuitText(circuit: Circuit): string {
  const registers = circuit.registers.length;
  const name = (source: number): string => sourceName(source, registers);
  const modules = liveModules(circuit).map((each) => {
    return each.sources.length ? `${each.name}(${each.sources.map(name).join(", ")})` : each.name;
  });
  const moves = circuit.registers.flatMap((source, i) => (source === i ? [] : [`r${i + 1} := ${name(source)}`]));
  return [...modules, ...moves].join("  ");
}
