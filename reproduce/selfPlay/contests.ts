import { connectFour, othello, type Game } from "../../bindings/search.js";
import type { PolicyValueNetworkOptions } from "../../bindings/models.js";

/** Games that networks learn from nothing, by playing against themselves, and how. */
export interface Contest {
  readonly game: () => Game<unknown>;
  /** Sizes of the network. */
  readonly network: Pick<PolicyValueNetworkOptions, "blocks" | "maps">;
  readonly generations: number;
  /** Runs that play games of a generation, and the rounds of each, of GAMES games that are played side by side. */
  readonly players: number;
  readonly rounds: number;
  /** Simulations of each move. */
  readonly simulations: number;
  /** α of the noise in the priors of every root. */
  readonly concentration: number;
  /** Moves of a game that are drawn by their visits; later ones are the most visited. */
  readonly drawn: number;
  /** Generations whose games are learned from, the latest. */
  readonly window: number;
  /** Steps of BATCH positions, and their learning rate. */
  readonly steps: number;
  readonly learningRate: number;
}

/** Games of a round. */
export const GAMES = 32;
/** Leaves of a tree that are waited for at once. */
export const LEAVES = 4;
/** Positions of a step. */
export const BATCH = 64;

export const contests = {
  "connect four, 4 x 5": {
    game: () => connectFour({ rows: 4, columns: 5 }) as Game<unknown>,
    network: { blocks: 2, maps: 16 },
    generations: 10,
    players: 2,
    rounds: 2,
    simulations: 40,
    concentration: 1.5,
    drawn: 10,
    window: 4,
    steps: 300,
    learningRate: 2e-3,
  },
  "othello, 6 x 6": {
    game: () => othello() as Game<unknown>,
    network: { blocks: 2, maps: 32 },
    generations: 5,
    players: 2,
    rounds: 2,
    simulations: 32,
    concentration: 1.5,
    drawn: 16,
    window: 4,
    steps: 400,
    learningRate: 2e-3,
  },
} satisfies Readonly<Record<string, Contest>>;

export type ContestName = keyof typeof contests;

/** The network of a contest before it has learned anything. */
export function sizesOf({ game, network }: Contest): PolicyValueNetworkOptions {
  const { planes, actions } = game();
  const [height, width, count] = planes;
  return { height, width, planes: count, actions, ...network };
}
