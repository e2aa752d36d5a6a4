import type { Engine } from "../../bindings/core.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { models, type PolicyValueNetwork } from "../../bindings/models.js";
import { selfPlay, type PlayedGame } from "../../bindings/search.js";
import { sha256 } from "../../runs/canonical.js";
import type { Kept, RunResult } from "../../runs/run.js";
import type { Begun, Performance } from "../../runs/work/performer.js";
import { contests, GAMES, LEAVES, type Contest, type ContestName } from "./contests.js";
import { decodeGames, encodeGames } from "./playedGames.js";

/** Kind of these runs. */
export const PLAYING = "self-play";

/** What a worker is told of one. */
export interface PlayingSpec {
  readonly contest: ContestName;
  readonly rounds: number;
  /** SHA-256 of the file of the network that plays. */
  readonly network: string;
}

/** Seeds of rounds are so far apart that no two runs share one. */
const ROUNDS = 1000;

/** Games of a network against itself, round after round; what comes out is the file of the games. */
export class Playing implements Performance {
  readonly #contest: Contest;
  readonly #rounds: number;
  readonly #seed: number;
  readonly #model: PolicyValueNetwork;
  readonly #engine: Engine;
  readonly #games: PlayedGame[];
  #seconds: number;
  step: number;

  constructor(engine: Engine, { spec, seed, data, kept }: Begun) {
    const { contest, rounds, network } = spec as unknown as PlayingSpec;
    this.#engine = engine;
    this.#contest = contests[contest];
    this.#rounds = rounds;
    this.#seed = seed;
    this.#model = loadCheckpoint(data[network]!, { file: "network", models }).model as PolicyValueNetwork;
    this.#games = kept ? decodeGames(kept.checkpoint) : [];
    this.#seconds = kept?.seconds ?? 0;
    this.step = kept?.step ?? 0;
  }

  advance({ shouldStop }: Parameters<Performance["advance"]>[0]): Promise<boolean> {
    const { simulations, concentration, drawn, ...contest } = this.#contest;
    const game = contest.game();
    const begin = process.cpuUsage().user;
    while (this.step < this.#rounds) {
      const seed = this.#seed * ROUNDS + this.step++;
      const noise = { concentration };
      const options = { games: GAMES, simulations, leaves: LEAVES, drawn, noise, seed };
      this.#games.push(...selfPlay(game, this.#model.evaluator(this.#engine, game), options));
      if (shouldStop()) break;
    }
    this.#seconds += (process.cpuUsage().user - begin) / 1e6;
    return Promise.resolve(this.step >= this.#rounds);
  }

  kept(): Kept {
    return { step: this.step, checkpoint: encodeGames(this.#games), curve: [], seconds: this.#seconds };
  }

  result(): Promise<RunResult> {
    const bytes = encodeGames(this.#games);
    const moves = this.#games.reduce((sum, { moves: { length } }) => sum + length, 0);
    return Promise.resolve({
      weights: sha256(bytes),
      step: this.step,
      measured: { games: this.#games.length, moves: moves / this.#games.length },
      curve: [],
      seconds: this.#seconds,
      model: bytes,
    });
  }

  dispose(): void {
    this.#model.release(this.#engine);
  }
}
