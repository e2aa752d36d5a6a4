/** The modules of a list, in the order of Kurach et al. 2016, arXiv:1511.06392, section 4.3. */
export const machineModules = [
  "READ",
  "ZERO",
  "ONE",
  "TWO",
  "INC",
  "ADD",
  "SUB",
  "DEC",
  "LESS-THAN",
  "LESS-OR-EQUAL-THAN",
  "EQUALITY-TEST",
  "MIN",
  "MAX",
  "WRITE",
] as const;

/** Name of a module. */
export type MachineModule = (typeof machineModules)[number];

/** How many of its arguments a module looks at. */
export function argumentCount(module: MachineModule): 0 | 1 | 2 {
  if (module === "ZERO" || module === "ONE" || module === "TWO") return 0;
  return module === "READ" || module === "INC" || module === "DEC" ? 1 : 2;
}

/**
 * A module on whole numbers below the length of the memory, which WRITE changes. WRITE returns what it wrote.
 * Section 4.3 and appendix A of the paper.
 */
export function applyModule(module: MachineModule, a: number, b: number, memory: number[]): number {
  const m = memory.length;
  switch (module) {
    case "READ":
      return memory[a]!;
    case "ZERO":
      return 0;
    case "ONE":
      return 1;
    case "TWO":
      return 2;
    case "INC":
      return (a + 1) % m;
    case "ADD":
      return (a + b) % m;
    case "SUB":
      return (a - b + m) % m;
    case "DEC":
      return (a - 1 + m) % m;
    case "LESS-THAN":
      return Number(a < b);
    case "LESS-OR-EQUAL-THAN":
      return Number(a <= b);
    case "EQUALITY-TEST":
      return Number(a === b);
    case "MIN":
      return Math.min(a, b);
    case "MAX":
      return Math.max(a, b);
    case "WRITE":
      return (memory[a] = b);
  }
}

/** Where the choices of a circuit are among all that the controller puts out. */
export interface CircuitLayout {
  /** Registers, R. */
  readonly registers: number;
  /** Modules, Q: those of all lists. */
  readonly modules: number;
  /** Weights of arguments, by lists, from the first on. */
  readonly argumentWeights: readonly number[];
  /** Weights of what registers become: R · (R + Q). */
  readonly registerWeights: number;
  /** All of these, and the logit of stopping. */
  readonly outputs: number;
}

/** Outputs of a controller: Σ_i 2 (R + i − 1) + R (R + Q) + 1. Section 3.2. */
export function circuitLayout(registers: number, lists: number): CircuitLayout {
  const length = machineModules.length;
  const modules = length * lists;
  const argumentWeights = Array.from({ length: lists }, (_, list) => {
    return length * (2 * (registers + length * list) + length - 1);
  });
  const registerWeights = registers * (registers + modules);
  const outputs = argumentWeights.reduce((sum, weights) => sum + weights, registerWeights + 1);
  return { registers, modules, argumentWeights, registerWeights, outputs };
}
