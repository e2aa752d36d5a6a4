import type { Engine } from "../../engine/engine.js";
import { expectEngine } from "../../engine/expectEngine.js";
import type { CompiledModel } from "../../compiled/compiledModel.js";
import { ShapeError } from "../../graph/shapeError.js";
import { expectFinite } from "../../runtime/outputError.js";
import type { Call, CallNames, Decision } from "./environment.js";
import { CallLayout } from "./layout.js";

/** A call that runs: what it does at each of its steps, given what it observes there. */
export interface Frame {
  /** What it does at its next step. */
  decide(observation: ArrayLike<number>): Decision;
}

/** What runs programs: a model, a teacher, or a table. */
export interface Core<State> {
  /** A call begins. `state` is what its observations are of, for cores that are told more than these. */
  enter(call: Call, state: State): Frame;
}

/** One step of a model, (inputSize) → (outputSize), and the state behind it; without a state, a frame's first. */
export type CoreStep = (
  x: Float32Array<ArrayBuffer>,
  state?: Float32Array<ArrayBuffer>,
) => { readonly y: Float32Array<ArrayBuffer>; readonly state: Float32Array<ArrayBuffer> };

/** A model whose frames can be stepped through, as it was made or compiled. */
export type Stepping =
  | CompiledModel
  | {
      readonly name: string;
      /** Steps of its frames on an engine. */
      stepIn(engine: Engine): CoreStep;
    };

/** Step inputs that are remembered, at most. */
const MOST_REMEMBERED = 100_000;

/**
 * A model as a core for an environment. What a frame has observed decides all it does, so that every step is computed
 * once and remembered as long as there is room: programs that call themselves instead of looping have few different steps.
 *
 * @throws ShapeError when the model has not the environment's sizes.
 */
export function modelCore(engine: Engine, model: Stepping, environment: CallNames): Core<unknown> {
  expectEngine("modelCore", engine);
  const layout = new CallLayout(environment);
  expectSizes(model, layout);
  const step = stepOf(engine, model);
  let roots = new Map<string, Remembered>();
  let room = MOST_REMEMBERED;

  function follow(before: Remembered, call: Call, observation: ArrayLike<number>): Remembered {
    const key = Array.prototype.join.call(observation);
    const known = before.next.get(key);
    if (known) return known;
    const x = new Float32Array(layout.inputSize);
    layout.writeInput(x, call, observation);
    const { y, state } = step(x, before.state);
    expectFinite("A step", y);
    const decision = layout.decisionOf(y);
    // Behind a return there is nothing to go on from.
    const made: Remembered = decision.returns ? { decision, next: NOTHING } : { decision, state, next: new Map() };
    if (--room < 0) {
      // Frames that run keep what they stand on.
      roots = new Map();
      room = MOST_REMEMBERED;
    }
    before.next.set(key, made);
    return made;
  }

  return {
    enter(call) {
      const key = call.join();
      let at = roots.get(key);
      if (!at) roots.set(key, (at = { next: new Map() }));
      return {
        decide(observation) {
          at = follow(at!, call, observation);
          return at.decision!;
        },
      };
    },
  };
}

/** What is known behind a sequence of observations of a call. */
interface Remembered {
  readonly decision?: Decision;
  readonly state?: Float32Array<ArrayBuffer>;
  readonly next: Map<string, Remembered>;
}

/** What comes behind a frame's end. */
const NOTHING: Map<string, Remembered> = /* @__PURE__ */ new Map();

function stepOf(engine: Engine, model: Stepping): CoreStep {
  if ("stepIn" in model) return model.stepIn(engine);
  const row = (data: Float32Array): { data: Float32Array; shape: number[] } => ({ data, shape: [1, data.length] });
  return (x, state) => {
    const { y, state: next } = state
      ? model.call(engine, "proceed", { x: row(x), state: row(state) })
      : model.call(engine, "enter", { x: row(x) });
    return { y: Float32Array.from(y!.data), state: Float32Array.from(next!.data) };
  };
}

function expectSizes(model: Stepping, { environment, inputSize, outputSize, rows }: CallLayout): void {
  const { options } = model as { options: Readonly<Record<string, unknown>> };
  const theirs = { inputSize, outputSize, programs: rows };
  for (const [what, wanted] of Object.entries(theirs)) {
    if (options[what] === wanted) continue;
    const message = `The model's ${what} is ${String(options[what])}, and must be ${wanted} for ${environment.name}`;
    throw new ShapeError(message, "interpret", String(wanted), String(options[what]));
  }
}
