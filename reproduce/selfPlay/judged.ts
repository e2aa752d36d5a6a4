import { Random } from "../../bindings/common/random/philox.js";
import type { Engine } from "../../bindings/core.js";
import { loadCheckpoint } from "../../bindings/load.js";
import { models, type PolicyValueNetwork } from "../../bindings/models.js";
import {
  ConnectFourSolver,
  simulate,
  TreeSearch,
  type ConnectFour,
  type Evaluator,
  type Game,
  type Othello,
  type OthelloState,
} from "../../bindings/search.js";
import { LEAVES } from "./contests.js";

/** Chooses a move in each of some states. */
export type Chooser<State> = (states: readonly State[]) => number[];

/** The network of a file, as it evaluates states of a game. */
export function evaluatorOf<State>(engine: Engine, game: Game<State>, file: Uint8Array): Evaluator<State> {
  return (loadCheckpoint(file, { file: "network", models }).model as PolicyValueNetwork).evaluator(engine, game);
}

/** The likeliest legal move. */
export const alone =
  <State>(game: Game<State>, evaluate: Evaluator<State>): Chooser<State> =>
  (states) =>
    evaluate(states).map(({ policy }, i) =>
      game.moves(states[i]!).reduce((best, move) => (policy[move]! > policy[best]! ? move : best)),
    );

/** The most visited move of a search of so many simulations. */
export const searching =
  <State>(game: Game<State>, evaluate: Evaluator<State>, simulations: number): Chooser<State> =>
  (states) => {
    const searches = states.map((state) => new TreeSearch(game, { state }));
    simulate(searches, evaluate, { simulations, leaves: LEAVES });
    return searches.map((search) => search.choose());
  };

/**
 * The part of random positions in which a player's move is worse than perfect play, of those in which a move can be:
 * others are not drawn.
 */
export function mistakesOf(
  game: ConnectFour,
  choose: Chooser<ReturnType<ConnectFour["start"]>>,
  { positions, seed }: { readonly positions: number; readonly seed: number },
): number {
  const solver = new ConnectFourSolver(game, { tableBits: 18 });
  const random = new Random(seed);
  const { rows, columns } = game.layout;
  const drawn: { readonly state: ReturnType<ConnectFour["start"]>; readonly best: readonly number[] }[] = [];
  while (drawn.length < positions) {
    let state = game.start();
    for (let plies = random.integer(0, rows * columns - 2); plies > 0 && game.value(state) === undefined; --plies) {
      state = game.next(state, oneOf(random, game.moves(state)));
    }
    const { moves: best } = solver.best(state);
    if (best.length && best.length < game.moves(state).length) drawn.push({ state, best });
  }
  const chosen = choose(drawn.map(({ state }) => state));
  return drawn.filter(({ best }, i) => !best.includes(chosen[i]!)).length / positions;
}

/** How games of Othello ended, for the player that is judged: half of them it moves first. */
export interface Ended {
  readonly won: number;
  readonly drawn: number;
  readonly lost: number;
}

/** Games against an opponent, after two random moves so that they differ. */
export function contestWith(
  game: Othello,
  choose: Chooser<OthelloState>,
  opponent: Chooser<OthelloState>,
  { games, seed }: { readonly games: number; readonly seed: number },
): Ended {
  const random = new Random(seed);
  const open = Array.from({ length: games }, (_, i) => {
    let state = game.start();
    for (let ply = 0; ply < 2; ++ply) state = game.next(state, oneOf(random, game.moves(state)));
    return { state, isFirst: i % 2 === 0 };
  });
  const isOver = ({ state }: (typeof open)[number]): boolean => game.value(state) !== undefined;
  while (!open.every(isOver)) {
    for (const [player, isJudged] of [
      [choose, true],
      [opponent, false],
    ] as const) {
      const due = open.filter((each) => !isOver(each) && (each.state.plies % 2 === 0) === (each.isFirst === isJudged));
      const moves = due.length ? player(due.map(({ state }) => state)) : [];
      due.forEach((each, i) => (each.state = game.next(each.state, moves[i]!)));
    }
  }
  const results = open.map(({ state, isFirst }) => {
    const value = game.value(state)!;
    return (state.plies % 2 === 0) === isFirst ? value : -value;
  });
  const count = (result: number): number => results.filter((each) => each === result).length;
  return { won: count(1), drawn: count(0), lost: count(-1) };
}

/** Any legal move. */
export function randomMover(game: Othello, seed: number): Chooser<OthelloState> {
  const random = new Random(seed);
  return (states) => states.map((state) => oneOf(random, game.moves(state)));
}

/** Turns as many discs as can be, the first of such moves. */
export const greedyMover =
  (game: Othello): Chooser<OthelloState> =>
  (states) =>
    states.map((state) => {
      const discs = (move: number): number => -game.next(state, move).squares.reduce((sum, disc) => sum + disc, 0);
      return game.moves(state).reduce((best, move) => (discs(move) > discs(best) ? move : best));
    });

const oneOf = (random: Random, moves: readonly number[]): number => moves[random.integer(0, moves.length - 1)]!;
