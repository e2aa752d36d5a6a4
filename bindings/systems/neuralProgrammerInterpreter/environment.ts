import type { Random } from "../../common/random/philox.js";
import { visible } from "../../common/visible.js";

/** A call: a program or an act of the environment, and its arguments, whole numbers from 0. */
export type Call = readonly [name: string, ...args: number[]];

/** What a program does at a step: it may call, and may return, behind the call if it does both. */
export interface Decision {
  readonly call?: Call | undefined;
  readonly returns: boolean;
}

/**
 * A teacher's program: yields what it calls, one call after the other. It returns its last call, or nothing if there is
 * none left. What it does may depend on nothing but its arguments and on what has been observed since it was called.
 */
export type TeacherProgram<State> = (state: State, ...args: number[]) => Generator<Call, Call | undefined | void>;

/** What can be observed in an environment and called there, by name. */
export interface CallNames {
  readonly name: string;
  /** Numbers of an observation. */
  readonly observationSize: number;
  /** How many values each argument of a call can have. */
  readonly argumentSizes: readonly number[];
  readonly acts: Readonly<Record<string, unknown>>;
  readonly programs: Readonly<Record<string, unknown>>;
  /** How many arguments acts and programs take, by name; those left out take none. */
  readonly takes?: Readonly<Record<string, number>>;
  /** A call as a person would write it. Default: its name, with its arguments in brackets. */
  show?(call: Call): string;
}

/**
 * A world that programs work in. Reed & de Freitas 2016, arXiv:1511.06279, section 3: what can be observed of it, what
 * can be done to it, and programs of which traces are made to learn from.
 *
 * @example
 * const countdown: Environment<{ left: number }, number> = {
 *   name: "countdown",
 *   observationSize: 1,
 *   argumentSizes: [],
 *   start: (left) => ({ left }),
 *   observe: ({ left }) => [Number(left > 0)],
 *   acts: { DOWN: (state) => void --state.left },
 *   programs: {
 *     *COUNT({ left }) {
 *       if (!left) return;
 *       yield ["DOWN"];
 *       return ["COUNT"];
 *     },
 *   },
 *   draw: (random, length) => length,
 * };
 */
export interface Environment<State, Problem> extends CallNames {
  /** A problem's world, before anything is done to it. */
  start(problem: Problem): State;
  /** What programs see of a world: `observationSize` numbers. */
  observe(state: State): ArrayLike<number>;
  /** What can be done, by name. An act that is impossible throws. */
  readonly acts: Readonly<Record<string, (state: State, ...args: number[]) => void>>;
  /** Programs by name; the first is the one that is run. */
  readonly programs: Readonly<Record<string, TeacherProgram<State>>>;
  /** A random problem of a length, in the environment's own terms. */
  draw(random: Random, length: number): Problem;
  /** Random problems to learn from, one of each length. Default: what `draw` draws. */
  deal?(random: Random, lengths: readonly number[]): readonly Problem[];
}

/** Numbers of arguments that a call of a name takes. */
export const takenBy = ({ takes = {} }: CallNames, name: string): number => takes[name] ?? 0;

/** A call as text, such as `WRITE(OUT, 1)`. */
export function showCall({ show }: Pick<CallNames, "show">, call: Call): string {
  if (show) return show(call);
  const [name, ...args] = call;
  return args.length ? `${name}(${args.join(", ")})` : name;
}

/** The program that is run unless another is asked for. */
export const mainProgram = ({ programs }: CallNames): string => Object.keys(programs)[0]!;

/**
 * An environment as it is, once it is known to be one.
 * @throws TypeError when a part is missing or a name is there twice, RangeError when a size is no whole number.
 */
export function defineEnvironment<State, Problem>(
  environment: Environment<State, Problem>,
): Environment<State, Problem> {
  const { name, observationSize, argumentSizes, acts, programs, takes = {} } = environment;
  const owner = `defineEnvironment: ${visible(String(name))}`;
  const size = (what: string, value: unknown): void => {
    if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 0xffff) return;
    throw new RangeError(`${owner}: ${what} is ${String(value)}, and must be a whole number from 1 to 65535`);
  };
  size("observationSize", observationSize);
  argumentSizes.forEach((each, i) => size(`argument ${i + 1}`, each));
  for (const [what, record] of Object.entries({ acts, programs })) {
    if (!Object.keys(record ?? {}).length) throw new TypeError(`${owner} has no ${what}, and must have at least one`);
  }
  for (const act of Object.keys(acts)) {
    if (act in programs) throw new TypeError(`${owner}: ${act} is an act and a program, and must be one of them`);
  }
  for (const [of, count] of Object.entries(takes)) {
    if (!(of in acts || of in programs)) throw new TypeError(`${owner}: ${of} takes arguments, and is nowhere`);
    if (Number.isInteger(count) && count >= 0 && count <= argumentSizes.length) continue;
    throw new RangeError(`${owner}: ${of} takes ${count} arguments, and there are ${argumentSizes.length}`);
  }
  return environment;
}
