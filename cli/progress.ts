import cliProgress from "cli-progress";
import type { TrainingStep } from "../bindings/index.js";
import { valueOf, wordsOf } from "./metrics.js";
import { count, duration, measure } from "./numbers.js";
import { print } from "./output.js";
import { Pace } from "./pace.js";
import type { TrainingPlan } from "./trainingPlan.js";

/** What is watched of a training run that has been planned. */
export interface WatchedPlan extends Pick<TrainingPlan, "metrics" | "batch" | "firstStep" | "until"> {
  /** The last step, as far as that is known. */
  readonly steps: number;
  readonly options: { readonly evaluate?: object | undefined };
}

/** What is watched of a step. */
export type WatchedStep = Pick<TrainingStep, "step" | "sequences" | "loss"> & { readonly evaluation?: object };

/** Somebody who watches training. */
export interface Progress<Plan = WatchedPlan, Step = WatchedStep> {
  start(plan: Plan): void;
  step(report: Step): void;
  saved(file: string, step: number): void;
  /** Leaves the terminal as it was. `complete` says that training reached its goal. */
  stop(complete: boolean): void;
}

/** What people are shown: a bar in a terminal, now and then a line elsewhere. */
export const shownProgress = (): Progress => (process.stdout.isTTY ? new BarProgress() : new LineProgress());

/** What is shown of `tapehead train`. */
export const progressFor = ({ json = false }): Progress<TrainingPlan, TrainingStep> =>
  json ? new JSONProgress() : shownProgress();

/** What both say about the latest step. */
class Words {
  readonly #plan: WatchedPlan;
  readonly #pace: Pace;
  #latest: WatchedStep | undefined;
  /** The latest evaluation. */
  #fresh: object | undefined;
  /** Nothing is left to wait for. */
  complete = false;

  constructor(plan: WatchedPlan) {
    this.#plan = plan;
    this.#pace = new Pace(plan.firstStep * plan.batch);
  }

  note(report: WatchedStep): void {
    this.#latest = report;
    this.#fresh = report.evaluation ?? this.#fresh;
  }

  /** Columns of equal width from step to step. */
  toString(): string {
    if (!this.#latest) return "starting";
    const { step, sequences, loss } = this.#latest;
    const { steps, batch, until, options, metrics } = this.#plan;
    const rate = this.#pace.at(sequences);
    const measured = options.evaluate ? this.#fresh : this.#latest;
    const columns = [`step ${count(step).padStart(count(steps).length)}`, `loss ${measure(loss).padStart(6)}`];
    for (const each of metrics) {
      const { name, value } = wordsOf(each);
      columns.push(`${name} ${(measured ? value(valueOf(measured, each)) : "–").padStart(6)}`);
    }
    if (rate > 0) {
      columns.push(`${count(Math.round(rate)).padStart(5)} seq/s`);
      if (!this.complete) columns.push(`${until ? "≤ " : ""}${duration(((steps - step) * batch) / rate)} left`);
    }
    return columns.join("  ");
  }
}

class BarProgress implements Progress {
  #plan: WatchedPlan | undefined;
  #step = 0;
  #words: Words | undefined;
  readonly #bar = new cliProgress.SingleBar({
    stream: process.stdout,
    barCompleteChar: "━",
    barIncompleteChar: "─",
    linewrap: true, // cut to the width of the terminal
    gracefulExit: false, // signals are ours
    format: (options, { progress }) => this.#line(options, progress),
  });

  start(plan: WatchedPlan): void {
    this.#plan = plan;
    this.#words = new Words(plan);
    this.#bar.start(plan.steps, plan.firstStep);
  }

  step(report: WatchedStep): void {
    this.#words!.note(report);
    this.#step = report.step;
    this.#bar.setTotal(this.#plan!.steps);
    this.#bar.update(report.step);
  }

  saved(): void {}

  stop(complete: boolean): void {
    if (complete) {
      this.#words!.complete = true;
      this.#bar.setTotal(this.#step);
    }
    this.#bar.stop();
  }

  #line(options: cliProgress.Options, progress: number): string {
    const words = String(this.#words);
    const barsize = Math.max(8, Math.min(30, (process.stdout.columns ?? 80) - words.length - 12));
    return `${cliProgress.Format.BarFormat(progress, { ...options, barsize })}  ${words}`;
  }
}

/** Milliseconds between lines. */
const EVERY = 3000;

class LineProgress implements Progress {
  #words: Words | undefined;
  #next = 0;

  start(plan: WatchedPlan): void {
    this.#words = new Words(plan);
    this.#next = Date.now() + 1000;
  }

  step(report: WatchedStep): void {
    this.#words!.note(report);
    if (Date.now() < this.#next) return;
    this.#next = Date.now() + EVERY;
    console.log(String(this.#words));
  }

  saved(): void {}

  stop(): void {}
}

class JSONProgress implements Progress<TrainingPlan, TrainingStep> {
  start({ task, model, batch, firstStep, steps, file, log }: TrainingPlan): void {
    const { name, options } = task;
    const about = { model: model.name, options: model.options, parameters: model.parameterCount };
    print({ event: "start", ...about, task: { name, options }, batch, step: firstStep, steps, file, log: log?.folder });
  }

  step(report: TrainingStep): void {
    print({ event: "step", ...report });
  }

  saved(file: string, step: number): void {
    print({ event: "saved", step, file });
  }

  stop(): void {}
}
