import { checkOptions, expectOptions, whole } from "../../common/options.js";
import { Random } from "../../common/random/philox.js";
import {
  add,
  binaryCrossEntropy,
  bitMisses,
  categoricalCrossEntropy,
  classMisses,
  maximum,
  slice,
} from "../../graph/ops/index.js";
import { reshape } from "../../graph/reshape.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Batch } from "../../tasks/batch.js";
import { drawLengths, expectCount, expectOrder, longestOf, seedRule } from "../../tasks/lengths.js";
import { sequenceError } from "../../tasks/sequenceError.js";
import type { Answer, Task } from "../../tasks/task.js";
import type { Call, CallNames, Environment } from "./environment.js";
import { FrameSet, traceFrames, type TracedFrame } from "./frames.js";
import { CallLayout } from "./layout.js";

/** Which traces programTask learns from. */
export interface ProgramTaskOptions {
  /** Problems whose traces are learned from. Default: 100. */
  problems?: number;
  /** Length of the shortest problems, in the environment's own terms. Default: 1. */
  minLength?: number;
  /** Length of the longest problems. Default: 5. */
  maxLength?: number;
  /** Seed of the problems, and of what is drawn from their traces. Default: 0. */
  seed?: number;
}

/** Default and check of each option; a function, since importing calls nothing. */
export const programTaskRules = (options?: ProgramTaskOptions) =>
  ({
    problems: [100, whole(1, { most: 100_000 })],
    minLength: [1, whole(1)],
    maxLength: [Math.max(5, options?.minLength ?? 0), whole(1)],
    seed: seedRule(),
  }) as const;

/** What a task of an environment's own adds. */
export interface ProgramTaskParts {
  /** Name of the task. Default: the environment's. */
  readonly name?: string;
  /** Options that make it again. Default: those of ProgramTaskOptions. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Programs whose traces are learned from. Default: the environment's first one alone. */
  readonly calls?: readonly Call[];
}

/** Task of traces: frames of programs, with what their teacher did at each step. */
export interface ProgramTask extends Task<"sequenceError"> {
  readonly metrics: {
    /** 1 for a frame with any decision wrong. */
    readonly sequenceError: (answer: Answer) => Tensor;
  };
  /** Rows that the program memory of a model needs. */
  readonly programs: number;
  /** The environment whose traces are learned. */
  readonly environment: CallNames;
  /** The frames that are learned from. */
  frames(): FrameSet;
}

/** The random stream of problems; what is drawn from their traces has others. */
const PROBLEMS = 2;

/**
 * Learning programs from traces of their execution, Reed & de Freitas 2016, arXiv:1511.06279, section 3: the environment's
 * teacher solves `problems` random problems, as many of each length, and every different frame of its traces is a
 * sequence of its own. A batch draws a program for each of its sequences, and one of the program's frames. What is
 * evaluated on are frames of a fresh problem. The loss is the cross-entropy of returning, of the next program and of the
 * arguments that it takes; a sequence is wrong if any decision of its frame is.
 *
 * @throws RangeError when an option is out of range, TypeError when one is unknown; when a batch is drawn, TeacherError
 * when programs do different things where they have observed the same.
 * @example
 * const task = programTask(environment, { problems: 200, maxLength: 3, seed: 1 });
 */
export function programTask<State, Problem>(
  environment: Environment<State, Problem>,
  options: ProgramTaskOptions = {},
  parts: ProgramTaskParts = {},
): ProgramTask {
  const { name = environment.name, options: own, calls } = expectOptions("programTask", parts);
  const checked = checkOptions(name, options, programTaskRules(options));
  const { problems, minLength, maxLength, seed } = checked;
  expectOrder(name, ["minLength", minLength], ["maxLength", maxLength]);
  const layout = new CallLayout(environment);
  const roots: readonly (Call | undefined)[] = calls ?? [undefined];

  const tracesInto = (set: FrameSet, problem: Problem): void => {
    for (const call of roots) traceFrames(environment, problem, call, (frame) => set.add(frame));
  };
  let learned: FrameSet | undefined;
  const frames = (): FrameSet => {
    if (learned) return learned;
    const set = new FrameSet(environment);
    const random = new Random(seed, PROBLEMS);
    const lengths = Array.from({ length: problems }, (_, i) => minLength + (i % (maxLength - minLength + 1)));
    const dealt = environment.deal?.(random, lengths) ?? lengths.map((each) => environment.draw(random, each));
    for (const problem of dealt) tracesInto(set, problem);
    return (learned = set);
  };

  return {
    name,
    options: own ?? checked,
    inputSize: layout.inputSize,
    outputSize: layout.outputSize,
    // Return, program and arguments, and behind them which arguments there are.
    targetSize: 2 + 2 * layout.slots.length,
    programs: layout.rows,
    environment,
    seed,
    frames,
    generate(random, count, batch, { length, difficulty = length, step } = {}) {
      expectCount(name, count);
      const set = step === undefined ? new FrameSet(environment) : frames();
      if (step === undefined) {
        const [long] = drawLengths(name, random, 1, { minLength, maxLength }, difficulty);
        tracesInto(set, environment.draw(random, long!));
      }
      fillFrames(
        layout,
        Array.from({ length: count }, () => set.draw(random)),
        batch,
      );
    },
    loss(answer) {
      const { returned, called, args } = partsOf(layout, answer);
      const choices = [called, ...args].map((each) => categoricalCrossEntropy(...each));
      return [binaryCrossEntropy(...returned), ...choices].reduce((a, b) => add(a, b));
    },
    metrics: {
      sequenceError(answer) {
        const { returned, called, args } = partsOf(layout, answer);
        const misses = [called, ...args].map((each) => classMisses(...each));
        return sequenceError([bitMisses(...returned), ...misses].reduce((a, b) => maximum(a, b)));
      },
    },
  };
}

/** Writes frames into a batch, with their decisions as targets. */
export function fillFrames(layout: CallLayout, frames: readonly TracedFrame[], batch: Batch): void {
  batch.reset(longestOf(frames.map(({ decisions }) => decisions.length)), frames.length);
  const { inputSize, targetSize } = batch;
  frames.forEach(({ call, observations, decisions }, sequence) => {
    batch.lengths[sequence] = decisions.length;
    decisions.forEach((decision, step) => {
      const at = batch.inputAt(step, sequence);
      layout.writeInput(batch.inputs.subarray(at, at + inputSize), call, observations[step]!);
      const target = layout.targetOf(decision);
      const given = target.slice(2).map((value) => Number(value >= 0));
      const begin = batch.targetAt(step, sequence);
      batch.targets.subarray(begin, begin + targetSize).set([...target, ...given]);
      batch.expect(step, sequence);
    });
  });
}

type Choice = readonly [logits: Tensor, targets: Tensor, mask: Tensor];

/** Logits, targets and masks of each part of a decision. */
function partsOf(
  { rows, slots, begins }: CallLayout,
  { logits, targets, mask }: Answer,
): { returned: Choice; called: Choice; args: readonly Choice[] } {
  const part = (x: Tensor, begin: number, count = 1): Tensor => slice(x, { begin, end: begin + count });
  const column = (index: number): Tensor => reshape(part(targets, index), mask.shape);
  return {
    returned: [part(logits, 0), part(targets, 0), mask],
    called: [part(logits, 1, rows), column(1), mask],
    args: slots.map((size, i) => [
      part(logits, 1 + rows + begins[i]!, size),
      column(2 + i),
      column(2 + slots.length + i),
    ]),
  };
}
