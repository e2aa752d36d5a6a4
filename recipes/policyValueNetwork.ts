import type { Recipe } from "./recipe.js";

/** Name on the command line. */
export const MODEL = "policy-value";

/** Who plays in a test, on test positions of every class. */
export interface Playing {
  /** Simulations of the search that the network guides. Default: none, the network plays its likeliest move. */
  readonly simulations?: number;
  /** Whether evaluations are means over a position and its mirror image. */
  readonly bothWays?: boolean;
  /** Whether the search proves what is certain. */
  readonly solve?: boolean;
  /** Plies that minimax looks ahead, instead of the network. */
  readonly minimax?: number;
}

/** Simulations of the tests with search. */
export const SIMULATIONS = [25, 100, 400, 1600] as const;

/** Intuition for Connect Four, learned from positions that the solver has labelled. */
export const recipe: Recipe<Playing> = {
  place: 27,
  presets: {
    [MODEL]: {
      "connect-four": {
        model: { maps: 48 },
        task: {
          games: 40_000,
          opening: 12,
          spread: 16,
          threats: true,
          parity: true,
          mistakes: 0.3,
          quiet: 0.6,
          children: 0.25,
        },
        batch: 64,
        learningRate: 2e-3,
        decay: 0.02,
        clipNorm: 10,
        average: 0.999,
        steps: 24_000,
      },
    },
  },
  suite: "connectFour",
  experiments: [
    {
      name: "connect-four",
      model: MODEL,
      task: "connect-four",
      seeds: [1],
      tests: {
        network: {},
        "both ways": { bothWays: true },
        ...Object.fromEntries(
          SIMULATIONS.map((simulations) => [`search of ${simulations}`, { simulations, bothWays: true, solve: true }]),
        ),
        minimax: { minimax: 5 },
      },
      checkpoint: "connect-four.safetensors",
    },
  ],
};
