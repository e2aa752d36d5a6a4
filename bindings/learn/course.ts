/** Where the course of a training stands: plain JSON, for a file's metadata. */
export interface CourseState {
  /** The best of the evaluations; 0 before the first. */
  readonly best: number;
  /** The step it was measured at. */
  readonly bestStep: number;
  /** Evaluations since one was clearly better than those before. */
  readonly stale: number;
  /** What an evaluation must be better than to be clearly so. */
  readonly mark: number;
  /** Evaluations in a row without a mistake. */
  readonly perfect: number;
  /** The step from which the learning rate falls, once that is decided. */
  readonly fallsFrom: number | null;
}

export interface CourseOptions {
  /** Most steps. */
  readonly steps: number;
  /** Steps between evaluations. */
  readonly every: number;
  readonly learningRate: number;
}

/** Evaluations that may pass with nothing better before the learning rate falls. */
const PATIENCE = 5;
/** Evaluations in a row without a mistake after which it falls, too. */
const PERFECT = 3;
/** The part of what is still missing that an evaluation must gain to be clearly better. */
const GAIN = 0.05;
/** Steps of the fall, as a part of those before. */
const FALL = 0.8;
/** Steps of linear warm-up. */
const WARMUP = 100;
/** The last learning rate, as a part of the first. */
const LAST = 0.02;

/**
 * The course of a training that held-out pairs decide: the learning rate stays until evaluations get no better, or are
 * without a mistake, and then falls in a straight line to the end. It depends on nothing but steps and evaluations, so
 * one that goes on from its state has the same.
 */
export class Course {
  readonly #options: CourseOptions;
  #state: CourseState;

  constructor(options: CourseOptions, state?: CourseState) {
    this.#options = options;
    this.#state = state ?? { best: 0, bestStep: 0, stale: 0, mark: 0, perfect: 0, fallsFrom: null };
  }

  get state(): CourseState {
    return this.#state;
  }

  /** The latest step from which the learning rate may fall, so that it has fallen by the last. */
  get #latestFall(): number {
    return Math.floor(this.#options.steps / (1 + FALL));
  }

  /** The step from which the learning rate falls, as far as that is known. */
  get #fall(): number {
    return this.#state.fallsFrom ?? this.#latestFall;
  }

  /** The last step, as far as that is known: it may come earlier, never later. */
  get end(): number {
    const from = this.#fall;
    return Math.min(this.#options.steps, from + Math.max(2 * this.#options.every, Math.ceil(FALL * from)));
  }

  get isFalling(): boolean {
    return this.#state.fallsFrom !== null;
  }

  /** The learning rate of a step, counted from 1. */
  learningRate(step: number): number {
    const { learningRate } = this.#options;
    const from = this.#fall;
    const rising = Math.min(1, step / WARMUP);
    if (step <= from) return learningRate * rising;
    return learningRate * rising * Math.max(LAST, 1 - ((1 - LAST) * (step - from)) / (this.end - from));
  }

  /** Takes an evaluation, from 0 to 1. Whether it is the best so far. */
  evaluated(step: number, value: number, isPerfect: boolean): boolean {
    const { best, bestStep, mark, stale, perfect, fallsFrom } = this.#state;
    const isBest = value >= best;
    const isClear = value > mark + GAIN * (1 - mark);
    const next = {
      ...(isBest ? { best: value, bestStep: step } : { best, bestStep }),
      mark: isClear ? value : mark,
      stale: isClear ? 0 : stale + 1,
      perfect: isPerfect ? perfect + 1 : 0,
    };
    // Before anything has been learned nothing is stale: some pairs stay on a plateau first.
    const isDone = (next.stale >= PATIENCE && next.mark > 0.02) || next.perfect >= PERFECT || step >= this.#latestFall;
    this.#state = { ...next, fallsFrom: fallsFrom ?? (isDone ? step : null) };
    return isBest;
  }
}
