import { Random } from "../../common/random/philox.js";
import { isForced } from "../../games/connectFour/isForced.js";
import { mirrored } from "../../games/connectFour/mirrored.js";
import type { ConnectFour } from "../../games/connectFour/connectFour.js";
import type { ConnectFourState } from "../../games/connectFour/state.js";
import { ConnectFourSolver } from "../../games/connectFour/solver.js";

/** A position of Connect Four, and what perfect play comes to. */
export interface LabelledPosition {
  readonly state: ConnectFourState;
  /** 1, 0 or −1: the player to move wins, draws or loses. */
  readonly value: number;
  /** The moves that keep it. */
  readonly best: readonly number[];
  /** Whether a move can be a mistake, and neither player could win with a stone here and now. */
  readonly isQuiet: boolean;
}

/** How games are played whose positions are labelled. */
export interface LabelledPlay {
  /** Random moves before the first position that is labelled, in the first game. */
  readonly opening: number;
  /** Each game has one more than the one before it, up to so many more; then they begin anew. */
  readonly spread: number;
  /** Games that go on from the same opening. The solver remembers what they share, so these are labelled sooner. */
  readonly continuations: number;
  /** The part of the moves after that which are random; the others are perfect. */
  readonly mistakes: number;
  readonly seed: number;
}

/** Positions in the table of a solver: 9 MB. */
const TABLE_BITS = 20;

/**
 * Games that begin with random moves, and go on with perfect ones and some random ones among them. A game is a function
 * of its number and the seed, and solved when it or another of the same opening is first asked for.
 */
export class LabelledGames {
  readonly #game: ConnectFour;
  readonly #play: LabelledPlay;
  readonly #solved = new Map<number, readonly LabelledPosition[]>();
  #solver: ConnectFourSolver | undefined;

  constructor(game: ConnectFour, play: LabelledPlay) {
    this.#game = game;
    this.#play = play;
  }

  /** The positions of a game behind its opening, but for those of the games before it with the same: none if that ended it. */
  positions(number: number): readonly LabelledPosition[] {
    if (!this.#solved.has(number)) this.#solveAllOf(Math.floor(number / this.#play.continuations));
    return this.#solved.get(number)!;
  }

  #solveAllOf(group: number): void {
    const { opening, spread, continuations, seed } = this.#play;
    const game = this.#game;
    const first = group * continuations;
    const random = new Random(seed, first);
    const randomMoves = opening + (group % (spread + 1));
    let state = game.start();
    while (game.value(state) === undefined && state.plies < randomMoves) {
      state = game.next(state, oneOf(random, game.moves(state)));
    }
    const seen = new Set<string>();
    for (let number = first; number < first + continuations; ++number) {
      const own = number === first ? random : new Random(seed, number);
      const positions = this.#solve(state, own).filter(({ state }) => !seen.has(game.key(state)));
      for (const { state } of positions) seen.add(game.key(state));
      this.#solved.set(number, positions);
    }
  }

  #solve(from: ConnectFourState, random: Random): LabelledPosition[] {
    const { mistakes } = this.#play;
    const game = this.#game;
    const solver = (this.#solver ??= new ConnectFourSolver(game, { tableBits: TABLE_BITS }));
    const positions: LabelledPosition[] = [];
    for (let state = from; game.value(state) === undefined;) {
      const moves = game.moves(state);
      let next = oneOf(random, moves);
      const { value, moves: best } = solver.best(state);
      const isQuiet = best.length < moves.length && !isForced(game, state);
      positions.push({ state, value, best, isQuiet });
      if (random.uniform() >= mistakes) next = oneOf(random, best);
      state = game.next(state, next);
    }
    return positions;
  }
}

const oneOf = (random: Random, moves: readonly number[]): number => moves[random.integer(0, moves.length - 1)]!;

/**
 * A position after a move, where the game goes on and the value is known: that of a move that keeps the value, and of
 * another in a drawn position, which loses. What another comes to in a won position, a draw or a loss, is not known.
 */
export function childOf(
  random: Random,
  game: ConnectFour,
  { state, value, best }: LabelledPosition,
): LabelledPosition | undefined {
  const moves = value === 1 ? best : game.moves(state);
  const move = oneOf(random, moves);
  const next = game.next(state, move);
  if (game.value(next) !== undefined) return undefined;
  return { state: next, value: best.includes(move) ? -value || 0 : 1, best: [], isQuiet: false };
}

/** The same with the columns in the opposite order. */
export function mirroredPosition(game: ConnectFour, position: LabelledPosition): LabelledPosition {
  const { state, best } = position;
  return { ...position, state: mirrored(game.layout, state), best: best.map((move) => game.actions - 1 - move) };
}
