import {
  IllegalMoveError,
  simulate,
  TreeSearch,
  type ConnectFour,
  type ConnectFourState,
  type Evaluator,
} from "../bindings/search.js";
import { UsageError } from "./errors.js";
import { given } from "./numbers.js";

/** What a search thinks of a move: columns from 1. */
export interface MoveThought {
  readonly column: number;
  /** How likely the network alone thinks it is the best. */
  readonly intuition: number;
  /** The part of the simulations that went into it. */
  readonly share: number;
  /** What its player can expect, from −1 (lost) to 1 (won). */
  readonly value: number;
  /** What perfect play comes to after it, for its player, where that is certain. */
  readonly result?: number | undefined;
}

/** What a search thinks of a position. */
export interface Thought {
  readonly moves: readonly MoveThought[];
  /** The column that it would play. */
  readonly best: number;
  /** What the player to move can expect. */
  readonly value: number;
  /** The moves that it expects of both. */
  readonly line: readonly number[];
}

/** A game against a search that a model guides, which keeps its tree from move to move. */
export class Match {
  readonly game: ConnectFour;
  readonly #evaluate: Evaluator<ConnectFourState>;
  readonly #simulations: number;
  #moves: number[] = [];
  #search: TreeSearch<ConnectFourState>;

  /** @throws ImpossiblePositionError when the moves are none of a game. */
  constructor(game: ConnectFour, evaluate: Evaluator<ConnectFourState>, simulations: number, moves = "") {
    this.game = game;
    this.#evaluate = evaluate;
    this.#simulations = simulations;
    this.#search = new TreeSearch(game, { state: game.position(moves), solve: true });
    this.#moves = Array.from(moves, Number);
  }

  get state(): ConnectFourState {
    return this.#search.state;
  }

  /** Columns from 1, as `ConnectFour.position` takes them. */
  get moves(): string {
    return this.#moves.join("");
  }

  /** Undefined while the game goes on; 0 of a draw, and −1 when the player who would move has lost. */
  get result(): number | undefined {
    return this.game.value(this.state);
  }

  /** Searches the position: as many simulations as are missing from those that were made before. */
  think(): Thought {
    const search = this.#search;
    const missing = this.#simulations - search.simulations;
    if (missing > 0) simulate([search], this.#evaluate, { simulations: missing, leaves: 4 });
    const { moves } = search;
    const all = moves.reduce((sum, { visits }) => sum + visits, 0);
    return {
      moves: moves.map(({ move, prior, visits, value, result }) => {
        return { column: move + 1, intuition: prior, share: visits / all, value, ...given({ result }) };
      }),
      best: search.choose() + 1,
      value: search.value,
      line: search.line.map((move) => move + 1),
    };
  }

  /** @throws UsageError when the move is not legal. */
  play(column: number): void {
    try {
      this.#search.play(column - 1);
    } catch (error) {
      if (!(error instanceof IllegalMoveError)) throw error;
      const legal = error.legal.map((move) => Number(move) + 1).join(", ");
      throw new UsageError(`${column} is not a move here: columns with room are ${legal}`, { cause: error });
    }
    this.#moves.push(column);
  }

  /** Takes back so many moves, or as many as there are. */
  takeBack(count: number): void {
    this.#moves = this.#moves.slice(0, Math.max(0, this.#moves.length - count));
    this.#search = new TreeSearch(this.game, { state: this.game.position(this.moves), solve: true });
  }
}

/** A line for each move, the one that it would play marked. */
export function thoughtLines({ moves, best }: Thought): string[] {
  return moves.map(({ column, intuition, share, value, result }) => {
    const bar = "#".repeat(Math.round(20 * share)).padEnd(20);
    const parts = [
      `${percent(share)} of the search`,
      `${percent(intuition)} at first sight`,
      `value ${signed(value)}${certainly(result)}`,
    ];
    return `${column === best ? ">" : " "} ${column}  ${bar}  ${parts.join(", ")}`;
  });
}

/** What is certain of a move, in words. */
function certainly(result: number | undefined): string {
  if (result === undefined) return "";
  return `: ${result > 0 ? "wins" : result < 0 ? "loses" : "draws"}, that is certain`;
}

export const signed = (value: number): string => `${value < 0 ? "" : "+"}${value.toFixed(2)}`;
const percent = (part: number): string => `${Math.round(100 * part)}%`.padStart(4);
