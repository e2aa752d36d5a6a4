import { evaluate, save, train, type Engine } from "../../bindings/core.js";
import { sha256 } from "../../runs/canonical.js";
import { curveInterval, type CurvePoint, type Kept, type RunResult } from "../../runs/run.js";
import type { EngineIdentity } from "../../runs/store/store.js";
import type { Begun, Performance } from "../../runs/work/performer.js";
import { valueOf } from "../metrics.js";
import type { TrainingPlan } from "../trainingPlan.js";
import { expectRecord, trainingOf, type TrainingSpec } from "./setting.js";

/** Seed of the sequences that models are measured on: none of these is drawn in training. */
const MEASURED = 1_000_000;

/** Trains as `tapehead train` does, in parts. @throws PlanError when this version would train otherwise */
export function performTraining(engine: Engine, identity: EngineIdentity, begun: Begun): Performance {
  const spec = begun.spec as unknown as TrainingSpec;
  const plan = trainingOf(spec, begun.seed, new Map(Object.entries(begun.data)));
  expectRecord(plan, spec, identity, begun.record);
  return new Trained(engine, plan, spec, begun.kept);
}

class Trained implements Performance {
  readonly #engine: Engine;
  readonly #plan: TrainingPlan;
  readonly #spec: TrainingSpec;
  readonly #training: ReturnType<typeof train>;
  readonly #curve: CurvePoint[];
  #seconds: number;
  step: number;

  constructor(engine: Engine, plan: TrainingPlan, spec: TrainingSpec, kept?: Kept) {
    const { model, task, options } = plan;
    this.#engine = engine;
    this.#plan = plan;
    this.#spec = spec;
    this.#training = train(engine, model, task, { ...options, ...(kept && { resume: kept.checkpoint }) });
    this.#curve = [...(kept?.curve ?? [])];
    this.#seconds = kept?.seconds ?? 0;
    this.step = kept?.step ?? 0;
  }

  async advance({ goal, shouldStop }: Parameters<Performance["advance"]>[0]): Promise<boolean> {
    const { steps, metrics } = this.#plan;
    const every = curveInterval(steps);
    const begin = process.cpuUsage().user;
    while (this.step < steps) {
      const { value: report } = await this.#training.next();
      const { step, loss } = report!;
      this.step = step;
      if (step % every === 0 || step === steps) {
        const measured = Object.fromEntries(metrics.map((name) => [name, valueOf(report!, name)]));
        this.#curve.push({ step, loss, ...measured });
      }
      if (step < steps && (step === goal || shouldStop())) break;
    }
    this.#seconds += (process.cpuUsage().user - begin) / 1e6;
    return this.step >= steps;
  }

  kept(): Kept {
    return { step: this.step, checkpoint: this.#training.checkpoint(), curve: this.#curve, seconds: this.#seconds };
  }

  async result(): Promise<RunResult> {
    const { model, task } = this.#plan;
    const { evaluate: measuring, keepModels } = this.#spec;
    const { buffer, byteOffset, byteLength } = model.parameters.values;
    return {
      weights: sha256(new Uint8Array(buffer, byteOffset, byteLength)),
      step: this.step,
      measured: await evaluate(this.#engine, model, task, { seed: MEASURED, ...measuring }),
      curve: this.#curve,
      seconds: this.#seconds,
      ...(keepModels && { model: save(model, { task }) }),
    };
  }

  dispose(): void {
    void this.#training.return();
    this.#plan.model.release(this.#engine);
  }
}
