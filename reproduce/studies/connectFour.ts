import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../../bindings/core.js";
import { connectFour, othello } from "../../bindings/search.js";
import { packagePath } from "../../cli/sweeping/packagePath.js";
import { solveSample, type Counts } from "../connectFour/sampleTable.js";
import type { StudyOptions } from "../page.js";
import type { ContestName } from "../selfPlay/contests.js";
import { generationsOf, type Generation } from "../selfPlay/generations.js";
import {
  alone,
  contestWith,
  evaluatorOf,
  greedyMover,
  mistakesOf,
  randomMover,
  searching,
  type Ended,
} from "../selfPlay/judged.js";

/** Simulations of the searches that are judged. */
export const SIMULATIONS = 50;
/** Positions in which mistakes are counted, and games against each opponent; of a quick study. */
export const [POSITIONS, MATCHES] = [500, 100] as const;
const QUICK = [6, 2] as const;
/** Positions of UCI's table that are solved. */
const SOLVED = 500;
/** Seed of both, and that of training. */
const [JUDGED, SEED] = [1_000_000, 1] as const;

/** What is told of each generation. */
type Told = Omit<Generation, "network">;

export interface ConnectFourStudy {
  readonly machine: string;
  readonly seed: number;
  /** What positions of UCI's table come to by the solver, so many of them. */
  readonly table: Counts & { readonly positions: number };
  /** Connect Four on 4 × 5: mistakes of the network alone, and with a search. */
  readonly small: readonly (Told & { readonly alone: number; readonly search: number })[];
  /** Othello on 6 × 6: games of the search of the first generation and the last, and of the network alone. */
  readonly othello: readonly (Told & { readonly matches: Readonly<Record<string, Ended>> })[];
}

/** Solves positions of a table that others have solved; learns two games from nothing, and judges every generation. */
export async function studyConnectFour(
  engine: Engine,
  { quick, machine, report }: StudyOptions,
): Promise<ConnectFourStudy> {
  const database = quick ? mkdtempSync(join(tmpdir(), "tapehead-")) : packagePath("build/selfPlay");
  const [positions, games] = quick ? QUICK : [POSITIONS, MATCHES];
  const made = (name: ContestName) => generationsOf(name, { seed: SEED, database, workers: 1, quick });
  try {
    const solved = quick ? 1 : SOLVED;
    const counts = solveSample(solved, {
      seed: SEED,
      report: (done) => done % 100 === 0 && report(`${done} of ${solved} positions of UCI's table solved`),
    });
    const small: ConnectFourStudy["small"][number][] = [];
    for await (const { network, ...told } of made("connect four, 4 x 5")) {
      const game = connectFour({ rows: 4, columns: 5 });
      const evaluate = evaluatorOf(engine, game, network);
      const mistakes = (choose: Parameters<typeof mistakesOf>[1]): number =>
        mistakesOf(game, choose, { positions, seed: JUDGED });
      const judged = {
        alone: mistakes(alone(game, evaluate)),
        search: mistakes(searching(game, evaluate, SIMULATIONS)),
      };
      small.push({ ...told, ...judged });
      report(`connect four 4 x 5, generation ${told.generation}: mistakes ${judged.alone}, ${judged.search}`);
    }
    const large: ConnectFourStudy["othello"][number][] = [];
    for await (const { network, ...told } of made("othello, 6 x 6")) {
      const game = othello();
      const evaluate = evaluatorOf(engine, game, network);
      const opponents = { random: randomMover(game, JUDGED), greedy: greedyMover(game) };
      const players = { alone: alone(game, evaluate), search: searching(game, evaluate, SIMULATIONS) };
      const matches: Record<string, Ended> = {};
      for (const [player, choose] of Object.entries(players)) {
        for (const [name, opponent] of Object.entries(opponents)) {
          matches[`${player}, ${name}`] = contestWith(game, choose, opponent, { games, seed: JUDGED });
        }
      }
      large.push({ ...told, matches });
      report(`othello, generation ${told.generation}: ${JSON.stringify(matches)}`);
    }
    return { machine, seed: SEED, table: { positions: solved, ...counts }, small, othello: large };
  } finally {
    if (quick) rmSync(database, { recursive: true, force: true });
  }
}
