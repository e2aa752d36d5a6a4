import { InterpreterError } from "./interpreterError.js";
import type { Engine } from "../../engine/engine.js";
import { additionWorld } from "./additionWorld.js";
import { modelCore, type Stepping } from "./core.js";
import { mainProgram, type Call, type Environment } from "./environment.js";
import { interpret, type CallEvent } from "./interpret.js";
import { sortingWorld } from "./sortingWorld.js";
import { teacherCore } from "./teacher.js";

/** A row of a world as a person sees it: cells from left to right, and where its pointers are. */
export interface WorldRow {
  readonly name: string;
  readonly cells: readonly string[];
  /** Cells under pointers, with the pointers' names. A pointer may be behind the last cell. */
  readonly pointers: readonly { readonly name: string; readonly cell: number }[];
}

/** A problem, as a text says it. */
export interface ReadProblem<Problem> {
  /** The text, tidied up. */
  readonly text: string;
  readonly problem: Problem;
  readonly call: Call;
}

/** An environment whose problems and answers are texts. */
export interface World<State, Problem> {
  readonly environment: Environment<State, Problem>;
  /** @throws SyntaxError, RangeError when a text is no problem, with what was not understood. */
  read(text: string): ReadProblem<Problem>;
  /** A problem as a text that `read` reads. */
  textOf(problem: Problem): string;
  /** What a program has left behind, as its answer. */
  answerOf(state: State, call: Call): string;
  /** The right answer. */
  expectedOf(problem: Problem, call: Call): string;
  /** A state as rows to be drawn. */
  rowsOf(state: State): readonly WorldRow[];
  /** Problems with every step input that there can be; undefined where there is no end of them. */
  coverage?: () => Iterable<Problem>;
}

/** A call of a run, with the world in front of a program or behind an act. */
export interface ShownCall {
  /** Calls that it is inside of. */
  readonly level: number;
  readonly name: string;
  readonly isAct: boolean;
  readonly rows?: readonly WorldRow[];
}

/** What a model did with a text. */
export interface Solved {
  readonly text: string;
  readonly answer: string;
  readonly expected: string;
  readonly steps: number;
  /** Calls of programs and acts. */
  readonly calls: number;
  /** The first of them. */
  readonly shown: readonly ShownCall[];
}

/** Whether a model goes on for much longer than its teacher, or does what is impossible. */
export class UnsolvedError extends Error {
  override readonly name = "UnsolvedError";
}

/** What to show of a run. */
export interface SolveOptions {
  /** The most calls to show. Default: 1,000. */
  readonly mostCalls?: number;
  /** Whether calls show the world. Default: false. */
  readonly rows?: boolean;
}

/** The world of a task of programs, by its name and options; undefined of others. */
export function worldOf(task: {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}): World<unknown, unknown> | undefined {
  const { name, options } = task;
  if (name === "addition-programs") return additionWorld(options) as unknown as World<unknown, unknown>;
  if (name === "sorting-programs") return sortingWorld(options) as unknown as World<unknown, unknown>;
  return undefined;
}

/**
 * Lets a model work on a problem that a text says, such as "96 + 125".
 *
 * @throws SyntaxError, RangeError when the text is no problem, ShapeError when the model has not the world's sizes,
 * UnsolvedError when the model comes to no end.
 * @example
 * const { answer } = solve(engine, model, worldOf(task)!, "96 + 125");
 */
export function solve<State, Problem>(
  engine: Engine,
  model: Stepping,
  world: World<State, Problem>,
  text: string,
  { mostCalls = 1000, rows = false }: SolveOptions = {},
): Solved {
  const { environment } = world;
  const { problem, call, text: tidied } = world.read(text);
  const core = modelCore(engine, model, environment);
  const taught = interpret(teacherCore(environment), environment, environment.start(problem), { call });
  const shown: ShownCall[] = [];
  let calls = 0;
  const onCall = ({ call, level, isAct, state }: CallEvent<State>): void => {
    if (++calls > mostCalls) return;
    const name = environment.show?.(call) ?? call[0];
    shown.push({ level, name, isAct, ...(rows && { rows: world.rowsOf(state) }) });
  };
  try {
    const options = { call, onCall, maxSteps: 2 * taught.steps + 100 };
    const { state, steps } = interpret(core, environment, environment.start(problem), options);
    return {
      text: tidied,
      answer: world.answerOf(state, call),
      expected: world.expectedOf(problem, call),
      steps,
      calls,
      shown,
    };
  } catch (error) {
    if (!(error instanceof InterpreterError)) throw error;
    const main = call[0] === mainProgram(environment) ? "" : ` for ${call[0]}`;
    throw new UnsolvedError(`The model did not solve ${tidied}${main}: ${error.message}`, { cause: error });
  }
}
