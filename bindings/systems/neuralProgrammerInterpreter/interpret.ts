import { expectOptions, expectValue, whole } from "../../common/options.js";
import type { Core, Frame } from "./core.js";
import { mainProgram, showCall, type Call, type Environment } from "./environment.js";
import { InterpreterError } from "./interpreterError.js";
import { CallLayout } from "./layout.js";

/** A call, as it begins. */
export interface CallEvent<State> {
  readonly call: Call;
  readonly isAct: boolean;
  /** Calls that it is inside of: 0 for the program that was asked for. */
  readonly level: number;
  /** Steps of the core so far, of all frames. */
  readonly step: number;
  /** Whether the caller returns behind it. */
  readonly isLast: boolean;
  /** The world: in front of a program, behind an act. It changes as programs go on. */
  readonly state: State;
}

/** How a program is run. */
export interface InterpretOptions<State> {
  /** What is run. Default: the environment's first program. */
  readonly call?: Call;
  /** The most steps of the core. Default: 10,000,000. */
  readonly maxSteps?: number;
  /** The most frames that are open at once; a call with which its caller returns closes that one first. Default: 1,000. */
  readonly maxDepth?: number;
  /** Told of every call. */
  readonly onCall?: (event: CallEvent<State>) => void;
  /** Told of every step, with what was observed. */
  readonly onStep?: (call: Call, observation: ArrayLike<number>, isFirst: boolean) => void;
}

/** What a program did. */
export interface Interpreted<State> {
  /** The world as the program left it. */
  readonly state: State;
  /** Steps of the core. */
  readonly steps: number;
  /** Acts, of these. */
  readonly acts: number;
  /** Frames that were open at once, at most. */
  readonly depth: number;
}

interface Open {
  readonly call: Call;
  readonly level: number;
  readonly frame: Frame;
  isFirst: boolean;
}

/**
 * Runs a program on a world: algorithm 1 of Reed & de Freitas 2016, arXiv:1511.06279, with a stack of its own. The core
 * starts afresh at every call, its caller goes on where it was, and the world is observed again at every step. A call with
 * which its caller returns takes its place, so that programs that end with a call of themselves need no deeper stack.
 *
 * @throws InterpreterError when steps or depth run out, or an act is impossible; TypeError, RangeError when the call is
 * none of the environment's.
 * @example
 * const core = modelCore(engine, model, environment);
 * const { state } = interpret(core, environment, environment.start(problem));
 */
export function interpret<State, Problem>(
  core: Core<NoInfer<State>>,
  environment: Environment<State, Problem>,
  state: State,
  options: InterpretOptions<State> = {},
): Interpreted<State> {
  const layout = new CallLayout(environment);
  const {
    call: first = [mainProgram(environment)],
    maxSteps = 10_000_000,
    maxDepth = 1000,
    onCall,
    onStep,
  } = expectOptions("interpret", options);
  expectValue("interpret: maxSteps", maxSteps, whole(1, { most: Number.MAX_SAFE_INTEGER }));
  expectValue("interpret: maxDepth", maxDepth, whole(1));
  layout.expectCall("interpret", first);
  if (layout.isAct(first)) throw new TypeError(`interpret: ${first[0]} is an act, and must be a program`);

  const stack: Open[] = [];
  let [steps, acts, depth] = [0, 0, 0];
  const enter = (call: Call, level: number, isLast: boolean): void => {
    if (stack.length === maxDepth) throw fail("depth", `${maxDepth} calls are open, and there may be no more`);
    onCall?.({ call, isAct: false, level, step: steps, isLast, state });
    stack.push({ call, level, frame: core.enter(call, state), isFirst: true });
    depth = Math.max(depth, stack.length);
  };
  const act = (call: Call, level: number, isLast: boolean): void => {
    const [name, ...args] = call;
    try {
      environment.acts[name]!(state, ...args);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw fail("act", `${showCall(environment, call)} is impossible: ${why}`, error);
    }
    ++acts;
    onCall?.({ call, isAct: true, level, step: steps, isLast, state });
  };
  const fail = (reason: InterpreterError["reason"], what: string, cause?: unknown): InterpreterError =>
    new InterpreterError(reason, `${environment.name}, step ${steps}: ${what}`, { steps, depth: stack.length, cause });

  enter(first, 0, true);
  while (stack.length) {
    if (steps === maxSteps) throw fail("steps", `the program has not returned, and may take no more steps`);
    const open = stack.at(-1)!;
    const observation = environment.observe(state);
    onStep?.(open.call, observation, open.isFirst);
    open.isFirst = false;
    const { call, returns } = open.frame.decide(observation);
    ++steps;
    if (returns) stack.pop();
    if (!call) continue;
    if (layout.isAct(call)) act(call, open.level + 1, returns);
    else enter(call, open.level + 1, returns);
  }
  return { state, steps, acts, depth };
}
