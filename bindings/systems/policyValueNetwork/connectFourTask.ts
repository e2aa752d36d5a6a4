import { between, checkOptions, expectOptions, flag, whole } from "../../common/options.js";
import { connectFour, type ConnectFour } from "../../games/connectFour/connectFour.js";
import { MOST_ROWS, mostColumns } from "../../games/connectFour/layout.js";
import { expectCount, seedRule } from "../../tasks/lengths.js";
import type { Random } from "../../common/random/philox.js";
import type { Tensor } from "../../graph/tensor.js";
import type { Answer, AnyTask } from "../../tasks/task.js";
import { fillPositions, type PositionExample } from "./fillPositions.js";
import { childOf, LabelledGames, mirroredPosition, type LabelledPosition } from "./labelledPositions.js";
import { policyValueLosses, type PolicyValueMetric } from "./policyValueLosses.js";

/** What connectFourTask draws from. */
export interface ConnectFourTaskOptions {
  /** Height and width of the board. Default: 6 and 7. */
  rows?: number;
  columns?: number;
  /** Whether the network is shown the squares that win for either player. Default: false. */
  threats?: boolean;
  /** Whether the network is shown the rows of the player to move, and so who began. Default: false. */
  parity?: boolean;
  /** Games whose positions are labelled, of which every twentieth is seen only in evaluation. Default: 2,000. */
  games?: number;
  /** Random moves at the start of a game, which are not labelled: fewer take much longer. Default: 14. */
  opening?: number;
  /** Openings of single games are up to so many moves longer, each length as often, so that late positions come too. Default: 0. */
  spread?: number;
  /**
   * Games that go on from each opening: their positions are more alike, and labelled in much less time, since the solver
   * remembers what they share. Divides `games`. Default: 1.
   */
  continuations?: number;
  /** The part of the moves after the opening that are random; the others are perfect. Default: 0.4. */
  mistakes?: number;
  /**
   * The part of the training positions that are drawn among quiet ones: a move can be a mistake, and neither player could
   * win at once. They are few in games with random moves. Default: 0, all are as likely.
   */
  quiet?: number;
  /**
   * The part of the training positions that lie a move behind the one that is drawn. Of these only the value is known and
   * learned, without another search. Default: 0.
   */
  children?: number;
  /** Seed of the games and of the training data. Default: 0. */
  seed?: number;
}

/** A task of judging positions of Connect Four as perfect play does. */
export interface ConnectFourTask extends AnyTask<PolicyValueMetric> {
  readonly height: number;
  readonly width: number;
  readonly planes: number;
  readonly actions: number;
  readonly game: ConnectFour;
  /** A position of a random game that is learned from, or of one that is held out. */
  draw(random: Random, of: "learned" | "held out"): LabelledPosition;
  readonly metrics: {
    /** 1 where the likeliest move is none that keeps the value of perfect play. */
    readonly moveError: (answer: Answer) => Tensor;
    /** Squared error of the value. */
    readonly valueError: (answer: Answer) => Tensor;
  };
}

/** Weight of each move where none is known: no gradient, and no move is an error. */
const UNKNOWN = 1e-30;

/** Of so many games the last is left for evaluation. */
const HELD_OUT = 20;

/** Games in a row that may end in the opening. */
const TRIES = 1000;

/** Default and check of each option; a function, since importing calls nothing. */
export const connectFourRules = () =>
  ({
    rows: [6, whole(2, { most: MOST_ROWS })],
    columns: [7, whole(4, { most: 9 })],
    threats: [false, flag()],
    parity: [false, flag()],
    games: [2000, whole(2, { most: 10_000_000 })],
    opening: [14, whole(0, { most: 40 })],
    spread: [0, whole(0, { most: 40 })],
    continuations: [1, whole(1, { most: 1000 })],
    mistakes: [0.4, between(0, 1)],
    quiet: [0, between(0, 1)],
    children: [0, between(0, 1)],
    seed: seedRule(),
  }) as const;

/**
 * Positions of Connect Four, labelled by the solver: the policy is shared by all moves that keep the value of perfect
 * play, and the value is 1 for a win, 0 for a draw and −1 for a loss. Training draws a game, a position of it, and that or
 * its mirror image. A game is solved when it is first drawn.
 *
 * @throws TypeError, RangeError when an option is out of range; RangeError when it draws, if next to no game is longer
 * than the opening.
 * @example
 * const task = connectFourTask({ rows: 4, columns: 5, games: 500, opening: 4, seed: 1 });
 */
export function connectFourTask(options: ConnectFourTaskOptions = {}): ConnectFourTask {
  const owner = "connectFourTask";
  const { parity, children, continuations, ...others } = checkOptions(
    owner,
    expectOptions(owner, options),
    connectFourRules(),
  );
  // The record of a task of before is what it was.
  const checked = {
    ...others,
    ...(parity && { parity }),
    ...(children && { children }),
    ...(continuations > 1 && { continuations }),
  };
  const { rows, columns, threats, games, opening, spread, mistakes, quiet, seed } = checked;
  checkOptions(`${owner} of ${rows} rows`, { columns }, { columns: [7, whole(4, { most: mostColumns(rows) })] });
  const squares = rows * columns;
  checkOptions(owner, { opening }, { opening: [0, whole(0, { most: squares - 1 })] });
  checkOptions(
    `${owner} of opening ${opening}`,
    { spread },
    { spread: [0, whole(0, { most: squares - 1 - opening })] },
  );
  const game = connectFour({ rows, columns, threats, parity });
  const [height, width, planes] = game.planes;
  if (games % continuations !== 0 || games < 2 * continuations) {
    throw new RangeError(
      `${owner} has ${continuations} games of each opening, so games must be a multiple of that, and at least twice as many, not ${games}`,
    );
  }
  const labelled = new LabelledGames(game, { opening, spread, continuations, mistakes, seed });
  // Of no opening some games are learned from and others held out.
  const heldOut = continuations * Math.ceil(games / continuations / HELD_OUT);
  const draw: ConnectFourTask["draw"] = (random, of) => {
    const onlyQuiet = of === "learned" && quiet > 0 && random.uniform() < quiet;
    for (let i = 0; i < TRIES; ++i) {
      // Held out are the first, so that there are as many where more are learned from.
      const number = of === "learned" ? random.integer(heldOut, games - 1) : random.integer(0, heldOut - 1);
      const all = labelled.positions(number);
      const positions = onlyQuiet ? all.filter(({ isQuiet }) => isQuiet) : all;
      if (positions.length) return positions[random.integer(0, positions.length - 1)]!;
    }
    const wanted = onlyQuiet ? "have a quiet position behind" : "are longer than";
    throw new RangeError(`${owner}: of ${games} games too few ${wanted} ${opening} random moves`);
  };
  return {
    name: "connect-four",
    options: checked,
    seed,
    height,
    width,
    planes,
    actions: game.actions,
    game,
    draw,
    generate(random, count, batch, { step } = {}) {
      expectCount(owner, count);
      const isTraining = step !== undefined;
      const drawn = Array.from({ length: count }, () => {
        const position = draw(random, isTraining ? "learned" : "held out");
        const isMirrored = random.word() & 1;
        const shown = isTraining && isMirrored ? mirroredPosition(game, position) : position;
        const isChild = isTraining && children > 0 && random.uniform() < children;
        return exampleOf(game, (isChild && childOf(random, game, shown)) || shown);
      });
      fillPositions(batch, drawn);
    },
    ...policyValueLosses(game.actions),
  };
}

/** A labelled position as planes and targets. */
export function exampleOf(game: ConnectFour, { state, value, best }: LabelledPosition): PositionExample {
  const [height, width, planes] = game.planes;
  const position = new Float32Array(height * width * planes);
  game.encode(state, position);
  const policy = new Float32Array(game.actions);
  if (best.length) for (const move of best) policy[move] = 1 / best.length;
  else policy.fill(UNKNOWN);
  return { position, policy, value };
}
