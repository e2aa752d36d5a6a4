import { adam, save, train, type Engine, type Training } from "../../bindings/core.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { models, type PolicyValueNetwork } from "../../bindings/models.js";
import type { PolicyValueMetric } from "../../bindings/tasks.js";
import { sha256 } from "../../runs/canonical.js";
import type { Kept, RunResult } from "../../runs/run.js";
import type { Begun, Performance } from "../../runs/work/performer.js";
import { BATCH, contests, type ContestName } from "./contests.js";
import { decodeGames } from "./playedGames.js";
import { playedTask } from "./playedTask.js";

/** Kind of these runs. */
export const LEARNING = "self-play, learning";

/** What a worker is told of one. */
export interface LearningSpec {
  readonly contest: ContestName;
  readonly steps: number;
  /** SHA-256 of the file of the network that goes on learning, and of those of games. */
  readonly network: string;
  readonly games: readonly string[];
}

/** Steps over whose means the loss is told. */
const TOLD = 100;

/** A network that goes on learning, from games that networks before it have played. */
export class Learning implements Performance {
  readonly #engine: Engine;
  readonly #model: PolicyValueNetwork;
  readonly #steps: number;
  readonly #training: Training<PolicyValueMetric>;
  #losses: number[] = [];
  #seconds: number;
  step: number;

  constructor(engine: Engine, { spec, seed, data, kept }: Begun) {
    const { contest, steps, network, games } = spec as unknown as LearningSpec;
    const { game, learningRate } = contests[contest];
    this.#engine = engine;
    this.#steps = steps;
    this.#model = loadCheckpoint(data[network]!, { file: "network", models }).model as PolicyValueNetwork;
    const played = games.flatMap((hash) => decodeGames(data[hash]!));
    this.#training = train(engine, this.#model, playedTask(game(), played, seed), {
      batch: BATCH,
      optimizer: adam({ learningRate }),
      seed,
      ...(kept && { resume: kept.checkpoint }),
    });
    this.#losses = kept?.curve.map(({ loss }) => loss!) ?? [];
    this.#seconds = kept?.seconds ?? 0;
    this.step = kept?.step ?? 0;
  }

  async advance({ shouldStop }: Parameters<Performance["advance"]>[0]): Promise<boolean> {
    const begin = process.cpuUsage().user;
    while (this.step < this.#steps) {
      const { step, loss } = (await this.#training.next()).value!;
      this.step = step;
      this.#losses.push(loss);
      if (shouldStop()) break;
    }
    this.#seconds += (process.cpuUsage().user - begin) / 1e6;
    return this.step >= this.#steps;
  }

  kept(): Kept {
    const curve = this.#losses.map((loss, i) => ({ step: i + 1, loss }));
    return { step: this.step, checkpoint: this.#training.checkpoint(), curve, seconds: this.#seconds };
  }

  result(): Promise<RunResult> {
    const { buffer, byteOffset, byteLength } = this.#model.parameters.values;
    const last = this.#losses.slice(-TOLD);
    return Promise.resolve({
      weights: sha256(new Uint8Array(buffer, byteOffset, byteLength)),
      step: this.step,
      measured: { loss: last.reduce((a, b) => a + b, 0) / last.length },
      curve: [],
      seconds: this.#seconds,
      model: save(this.#model),
    });
  }

  dispose(): void {
    void this.#training.return();
    this.#model.release(this.#engine);
  }
}
