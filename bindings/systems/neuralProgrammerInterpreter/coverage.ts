import type { Engine } from "../../engine/engine.js";
import type { Rows, Sequences } from "../../runtime/sequences.js";
import { showCall, type Call, type Decision, type Environment } from "./environment.js";
import { FrameSet, traceFrames, type TracedFrame } from "./frames.js";
import { CallLayout } from "./layout.js";

/** What runs sequences of steps: a model, as it was made or compiled. */
export interface Running {
  /** Logits of all steps: (time, outputSize) for each sequence. */
  run(engine: Engine, inputs: Sequences): { readonly outputs: Rows };
}

/** What verifyPrograms compared. */
export interface Coverage {
  /** Different frames, and different step inputs in them: calls with all that they have observed. */
  readonly frames: number;
  readonly steps: number;
  /** Frames of each program. */
  readonly programs: Readonly<Record<string, number>>;
  /** Steps at which the model does something else than the teacher. */
  readonly mistakes: number;
  /** The first of them, as text. */
  readonly firstMistake?: string;
}

/** Frames that go through the model at a time. */
const BATCH = 256;

/** Every different frame of the teacher's traces of problems. @throws TeacherError when they contradict each other. */
export function coveredBy<State, Problem>(
  environment: Environment<State, Problem>,
  problems: Iterable<Problem>,
  call?: Call,
): FrameSet {
  const set = new FrameSet(environment);
  for (const problem of problems) traceFrames(environment, problem, call, (frame) => set.add(frame));
  return set;
}

/**
 * The proof of Cai, Shin & Song 2017, arXiv:1704.06611, section 3.3: what a model does is a function of its step inputs,
 * calls with all they have observed. If these are finitely many, and the model does what the teacher does behind each of
 * them, its trace of every problem is the teacher's. `problems` must have all step inputs there can be.
 *
 * @throws TeacherError when the teacher contradicts itself, OutputError when outputs are not finite.
 * @example
 * const { steps, mistakes } = verifyPrograms(engine, model, environment, additionCoverage());
 */
export function verifyPrograms<State, Problem>(
  engine: Engine,
  model: Running,
  environment: Environment<State, Problem>,
  problems: Iterable<Problem>,
  call?: Call,
): Coverage {
  const set = coveredBy(environment, problems, call);
  const layout = new CallLayout(set.environment);
  const all = [...set.frames.values()].flat();
  let mistakes = 0;
  let firstMistake: string | undefined;
  for (let begin = 0; begin < all.length; begin += BATCH) {
    const frames = all.slice(begin, begin + BATCH);
    const { outputs } = model.run(
      engine,
      frames.map((frame) => inputsOf(layout, frame)),
    );
    frames.forEach(({ call, decisions }, i) => {
      const logits = (outputs as unknown as readonly Rows[])[i]!;
      decisions.forEach((wanted, step) => {
        const done = layout.decisionOf(logits[step]!);
        if (told(layout, done) === told(layout, wanted)) return;
        ++mistakes;
        const where = `Step ${step + 1} of ${showCall(layout.environment, call)}`;
        firstMistake ??= `${where} is ${told(layout, done)}, and must be ${told(layout, wanted)}`;
      });
    });
  }
  return {
    frames: all.length,
    steps: set.steps,
    programs: Object.fromEntries([...set.frames].map(([name, frames]) => [name, frames.length])),
    mistakes,
    ...(firstMistake !== undefined && { firstMistake }),
  };
}

/** Rows of inputs of a frame. */
function inputsOf(layout: CallLayout, { call, observations }: TracedFrame): Float32Array[] {
  return observations.map((observation) => {
    const row = new Float32Array(layout.inputSize);
    layout.writeInput(row, call, observation);
    return row;
  });
}

const told = ({ environment }: CallLayout, { call, returns }: Decision): string =>
  [...(call ? [showCall(environment, call)] : []), ...(returns ? ["return"] : [])].join(", ") || "nothing";
