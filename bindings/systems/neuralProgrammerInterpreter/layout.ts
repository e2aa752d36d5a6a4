import { showCall, takenBy, type Call, type Decision, type CallNames } from "./environment.js";

/** Rows of the program memory in front of the environment's programs: no call at all, and ACT, which acts. */
const NONE = 0;
const ACT = 1;
const OWN = 2;

/**
 * How the numbers of steps mean observations, calls and decisions. All acts are calls of ACT, whose first argument says
 * which one it is; section 3 of Reed & de Freitas 2016, arXiv:1511.06279. Arguments are one-hot, and all 0 where a
 * program takes none.
 */
export class CallLayout {
  readonly programs: readonly string[];
  readonly acts: readonly string[];
  /** Values of the arguments; those of the first are the acts. */
  readonly slots: readonly number[];
  /** Where each argument's values begin. */
  readonly begins: readonly number[];
  readonly observationSize: number;
  readonly argumentsSize: number;
  readonly inputSize: number;
  readonly outputSize: number;
  /** Rows of the program memory. */
  readonly rows: number;

  constructor(readonly environment: CallNames) {
    this.programs = Object.keys(environment.programs);
    this.acts = Object.keys(environment.acts);
    this.slots = [this.acts.length, ...environment.argumentSizes];
    this.begins = this.slots.map((_, i) => this.slots.slice(0, i).reduce((a, b) => a + b, 0));
    this.observationSize = environment.observationSize;
    this.argumentsSize = this.slots.reduce((a, b) => a + b, 0);
    this.rows = OWN + this.programs.length;
    this.inputSize = this.observationSize + this.argumentsSize + this.rows;
    this.outputSize = 1 + this.rows + this.argumentsSize;
  }

  /** Whether a call is an act. */
  isAct([name]: Call): boolean {
    return name in this.environment.acts;
  }

  /** Writes the input of a step of a frame into a row of inputSize zeros. */
  writeInput(row: Float32Array, [name, ...args]: Call, observation: ArrayLike<number>): void {
    row.set(observation);
    args.forEach((value, i) => (row[this.observationSize + this.begins[i + 1]! + value] = 1));
    row[this.observationSize + this.argumentsSize + OWN + this.programs.indexOf(name)] = 1;
  }

  /** What a decision is to be learned as: return, the row of the program, and each argument, −1 where there is none. */
  targetOf({ call, returns }: Decision): number[] {
    const target = [Number(returns), NONE, ...this.slots.map(() => -1)];
    if (!call) return target;
    const [name, ...args] = call;
    const act = this.acts.indexOf(name);
    target[1] = act >= 0 ? ACT : OWN + this.programs.indexOf(name);
    if (act >= 0) target[2] = act;
    args.forEach((value, i) => (target[3 + i] = value));
    return target;
  }

  /** What the logits of a step say. */
  decisionOf(logits: ArrayLike<number>): Decision {
    const returns = logits[0]! > 0;
    const best = (begin: number, count: number): number => {
      let most = begin;
      for (let i = begin + 1; i < begin + count; ++i) if (logits[i]! > logits[most]!) most = i;
      return most - begin;
    };
    const row = best(1, this.rows);
    if (row === NONE) return { returns };
    const argument = (slot: number): number => best(1 + this.rows + this.begins[slot]!, this.slots[slot]!);
    const name = row === ACT ? this.acts[argument(0)]! : this.programs[row - OWN]!;
    const args = Array.from({ length: takenBy(this.environment, name) }, (_, i) => argument(1 + i));
    return { call: [name, ...args], returns };
  }

  /** @throws TypeError unless it is a call of this environment, RangeError when an argument is none. */
  expectCall(owner: string, call: Call): void {
    const [name, ...args] = call;
    if (!this.acts.includes(name) && !this.programs.includes(name)) {
      const all = [...this.programs, ...this.acts].join(", ");
      throw new TypeError(`${owner}: ${this.environment.name} has nothing that is called ${name}; it has ${all}`);
    }
    const taken = takenBy(this.environment, name);
    const right =
      args.length === taken &&
      args.every((value, i) => Number.isInteger(value) && value >= 0 && value < this.slots[i + 1]!);
    if (right) return;
    const sizes = this.slots.slice(1, 1 + taken).map((size) => `0 to ${size - 1}`);
    throw new RangeError(
      `${owner}: ${showCall({}, call)} is no call of ${name}, which takes ${taken ? sizes.join(" and ") : "no arguments"}`,
    );
  }
}

/**
 * Sizes of a model for an environment, as its options.
 * @example
 * const model = new NeuralProgrammerInterpreter({ ...sizesOf(environment), hiddenSize: 64, seed: 1 });
 */
export function sizesOf(environment: CallNames): { inputSize: number; outputSize: number; programs: number } {
  const { inputSize, outputSize, rows } = new CallLayout(environment);
  return { inputSize, outputSize, programs: rows };
}
