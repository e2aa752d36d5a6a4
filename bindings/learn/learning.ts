import type { Engine } from "../engine/engine.js";
import { calibrate } from "../metrics/calibration.js";
import { AttentionSeq2Seq } from "../systems/attentionSeq2Seq/attentionSeq2Seq.js";
import { pairsTask, type PairTask } from "../tasks/pairs.js";
import { adam } from "../training/optimizers.js";
import { train } from "../training/train.js";
import { answersTo, type Answered } from "./answers.js";
import { Course } from "./course.js";
import { stateIn, withState } from "./keptState.js";
import { Learned, loadLearned } from "./learned.js";
import type { Lesson } from "./lesson.js";
import type { LearningStart, LearningState, LearnOptions } from "./options.js";
import { isGiven, measured, type LearningReport } from "./report.js";
import { evenly } from "./sides.js";
import type { Size } from "./sizing.js";
import type { Example } from "./splitting.js";

/** Development sources that are answered at each evaluation. */
const MOST_EVALUATED = 300;
/** Evaluations of a training that is not ended earlier, at least. */
const EVALUATIONS = 30;
const MOST_STEPS_BETWEEN = 200;
const LEARNING_RATE = 3e-3;
const CLIP = { norm: 5 };

/** What training is given beside the lesson. */
export interface LearningOptions extends Pick<LearnOptions, "onStart" | "onStep" | "onSave" | "signal" | "resume"> {
  readonly size: Size;
  readonly seed: number;
  readonly precision: number;
}

/** A model of a lesson's pairs while it is trained: evaluated on development pairs, and kept where it is best. */
export class Learning {
  readonly #engine: Engine;
  readonly #lesson: Lesson;
  readonly #options: LearningOptions;
  readonly #model: AttentionSeq2Seq;
  readonly #task: PairTask;
  readonly #course: Course;
  /** Steps between evaluations. */
  readonly #every: number;
  /** The step that training goes on from. */
  readonly #begin: number;
  /** The best model so far. */
  #kept: Learned | undefined;
  #exact: number | undefined;

  /** @throws TypeError, CheckpointError when what to resume is none. */
  constructor(engine: Engine, lesson: Lesson, options: LearningOptions) {
    const { size, seed, resume } = options;
    const { pairs, sourceSymbols, targetSymbols } = lesson;
    const { batch, steps, ...sizes } = size;
    this.#engine = engine;
    this.#lesson = lesson;
    this.#options = options;
    this.#model = new AttentionSeq2Seq({ sourceSymbols, targetSymbols, ...sizes, seed });
    // Pairs of a batch are of like length, and yet from a good part of all.
    const bucket = Math.min(2048, Math.max(4 * batch, Math.ceil(pairs.length / 6)));
    this.#task = pairsTask({ pairs, sourceSymbols, targetSymbols, bucket, seed });
    this.#every = Math.max(1, Math.min(MOST_STEPS_BETWEEN, Math.ceil(steps / EVALUATIONS)));
    const state = resume && stateIn(resume.training, [AttentionSeq2Seq]);
    this.#begin = state?.step ?? 0;
    this.#course = new Course({ steps, every: this.#every, learningRate: LEARNING_RATE }, state?.course);
    this.#exact = state?.exact ?? undefined;
    this.#kept = resume && loadLearned(resume.model);
  }

  /** Trains to the end, or until the signal is aborted. */
  async run(): Promise<Learned> {
    const { size, seed, onStart, onStep, onSave, signal, resume } = this.#options;
    const course = this.#course;
    const training = train(this.#engine, this.#model, this.#task, {
      batch: size.batch,
      steps: size.steps,
      optimizer: adam({ learningRate: (step) => course.learningRate(step) }),
      clip: CLIP,
      seed,
      ...(resume && { resume: resume.training }),
    });
    onStart?.(this.#start);
    const state = (): LearningState => {
      const kept = { course: course.state, exact: this.#exact ?? null };
      return {
        model: this.#best().save(),
        training: withState(training.checkpoint(), kept, [AttentionSeq2Seq]),
      };
    };
    for await (const { step, sequences, loss } of training) {
      const isEvaluated = step % this.#every === 0 || step >= course.end;
      if (isEvaluated) this.#evaluate(step);
      const isComplete = step >= course.end;
      onStep?.({ step, steps: course.end, sequences, loss, exact: this.#exact });
      const isLast = isComplete || signal?.aborted === true;
      if (onSave && (isEvaluated || isLast)) await onSave(state());
      if (isLast) return this.#reported(step, isComplete);
    }
    throw new TypeError("learn: what to resume stands at the last step, and must be before it");
  }

  get #start(): LearningStart {
    const { name, options, parameterCount } = this.#model;
    const { batch, steps } = this.#options.size;
    const { sides, split } = this.#lesson;
    const { training, development, test, leftOut } = split;
    const ambiguous = [training, development, test].flat().filter(({ targets }) => targets.length > 1).length;
    const model = { name, options, parameterCount };
    return { sides, sources: this.#sources, leftOut, ambiguous, model, batch, step: this.#begin, steps };
  }

  get #sources(): LearningReport["sources"] {
    const { training, development, test } = this.#lesson.split;
    return { training: training.length, development: development.length, test: test.length };
  }

  #evaluate(step: number): void {
    const answers = this.#answers(this.#model, evenly(this.#lesson.split.development, MOST_EVALUATED));
    const right = answers.filter(({ isRight }) => isRight);
    // Surer right answers are better ones: it rises on where all are right. From 0 to 1, as a probability would.
    const value = right.reduce((sum, { score }) => sum + 1 / (1 - Math.min(0, score)), 0) / answers.length;
    this.#exact = right.length / answers.length;
    if (this.#course.evaluated(step, value, right.length === answers.length)) this.#keep(answers);
  }

  /** Keeps the model as it is now, calibrated by answers of its own. */
  #keep(answers: readonly Answered[]): Learned {
    const model = new AttentionSeq2Seq(this.#model.options);
    model.parameters.set(this.#model.parameters.values);
    return (this.#kept = this.#calibrated(model, answers));
  }

  /** The best model so far; before the first evaluation, the one there is. */
  #best(): Learned {
    return this.#kept ?? this.#keep(this.#answers(this.#model, evenly(this.#lesson.split.development, MOST_EVALUATED)));
  }

  #answers(model: AttentionSeq2Seq, examples: readonly Example[]): Answered[] {
    return answersTo(this.#engine, model, this.#lesson.sides, examples);
  }

  #calibrated(model: AttentionSeq2Seq, answers: readonly Answered[]): Learned {
    const given = answers.filter(isGiven);
    const { precision } = this.#options;
    const calibration = given.length ? calibrate(given, { precision }) : undefined;
    return new Learned(model, { sides: this.#lesson.sides, calibration });
  }

  /** The best model, calibrated by all development pairs, with a report on the test. */
  #reported(steps: number, isComplete: boolean): Learned {
    const { model } = this.#best();
    const { development, test } = this.#lesson.split;
    const answers = this.#answers(model, development);
    const { sides, calibration } = this.#calibrated(model, answers);
    const report = {
      sources: this.#sources,
      steps,
      bestStep: this.#course.state.bestStep || steps,
      isComplete,
      ...measured(this.#answers(model, test), answers, calibration),
    };
    model.release(this.#engine);
    return new Learned(model, { sides, calibration, report });
  }
}
