import { checkOptions, flag, whole } from "../../common/options.js";
import { shown } from "../../common/shown.js";
import { IllegalMoveError, ImpossiblePositionError } from "../../search/errors.js";
import type { Game, SymmetricState } from "../../search/game.js";
import { has, hasFour, layoutOf, MOST_ROWS, mostColumns, squareAt, union, type Layout, type Stones } from "./layout.js";
import { mirrored } from "./mirrored.js";
import type { ConnectFourState } from "./state.js";

/** The size of the board. */
export interface ConnectFourOptions {
  /** Height, at most 6. Default: 6. */
  rows?: number;
  /** Width, at most 9, or 8 of 6 rows. Default: 7. */
  columns?: number;
  /**
   * Whether a network sees two planes more: empty squares on which the player to move, and on which the other, would
   * have four in a line. Default: false.
   */
  threats?: boolean;
  /**
   * Whether a network sees one plane more: the squares of the rows that the player to move fills when both only answer
   * above each other's stones, the odd rows for the player who began. Without it nothing says who began. Default: false.
   */
  parity?: boolean;
}

/**
 * Connect Four: players drop stones into columns in turns, and who first has four in a line wins. Moves are columns from
 * 0. A network sees three planes: the squares of the player to move, of the other, and empty ones, the top row first; with
 * `threats` two more, and with `parity` one more.
 *
 * @example
 * const game = connectFour();
 * const state = game.position("4453"); // columns from 1
 * console.log(game.draw(state));
 * game.moves(state); // [0, 1, 2, 3, 4, 5, 6]
 */
export function connectFour(options: ConnectFourOptions = {}): ConnectFour {
  const { rows, columns, ...seen } = checkOptions("connectFour", options, {
    rows: [6, whole(1, { most: MOST_ROWS })],
    columns: [7, whole(1)],
    threats: [false, flag()],
    parity: [false, flag()],
  });
  checkOptions(`connectFour of ${rows} rows`, { columns }, { columns: [7, whole(1, { most: mostColumns(rows) })] });
  return new ConnectFour(layoutOf(rows, columns), seen);
}

/** The rules of Connect Four on a board of one size: see `connectFour`. */
export class ConnectFour implements Game<ConnectFourState> {
  readonly players = 2;
  readonly actions: number;
  readonly planes: readonly [height: number, width: number, planes: number];
  /** Where stones are in words. */
  readonly layout: Layout;
  readonly #seen: Pick<ConnectFourOptions, "threats" | "parity">;

  /** @internal */
  constructor(layout: Layout, seen: Pick<ConnectFourOptions, "threats" | "parity"> = {}) {
    this.layout = layout;
    this.actions = layout.columns;
    this.planes = [layout.rows, layout.columns, 3 + (seen.threats ? 2 : 0) + (seen.parity ? 1 : 0)];
    this.#seen = seen;
  }

  /** The empty board. */
  start(): ConnectFourState {
    return { own: [0, 0], all: [0, 0], plies: 0 };
  }

  /** Columns that are not full; none when the game is over. */
  moves(state: ConnectFourState): number[] {
    if (this.value(state) !== undefined) return [];
    return Array.from({ length: this.actions }, (_, column) => column).filter((column) => !this.#isFull(state, column));
  }

  /** @throws IllegalMoveError when there is no such column, it is full, or the game is over. */
  next(state: ConnectFourState, move: number): ConnectFourState {
    const { columns, bottom, height, bits } = this.layout;
    const fault = this.#fault(state, move, columns);
    if (fault) {
      const legal = this.moves(state);
      throw new IllegalMoveError(move, fault, legal);
    }
    const { own, all, plies } = state;
    // The lowest stone of a column, added to it, carries into its first empty square.
    const square = squareAt({ height, bits }, move, 0);
    const after: Stones = [all[0] | (all[0] + (bottom[0] & square[0])), all[1] | (all[1] + (bottom[1] & square[1]))];
    return { own: [all[0] & ~own[0], all[1] & ~own[1]], all: after, plies: plies + 1 };
  }

  /** −1 when the other has four in a line, 0 when the board is full, and undefined while the game goes on. */
  value({ own, all, plies }: ConnectFourState): number | undefined {
    const { layout } = this;
    if (plies >= 7 && hasFour(layout, [all[0] & ~own[0], all[1] & ~own[1]])) return -1;
    return plies === layout.rows * layout.columns ? 0 : undefined;
  }

  /** The mirror image. */
  symmetries(state: ConnectFourState): readonly SymmetricState<ConnectFourState>[] {
    const moves = Array.from({ length: this.actions }, (_, column) => this.actions - 1 - column);
    return [{ state: mirrored(this.layout, state), moves }];
  }

  /**
   * Own stones, those of the other, and empty squares, as (rows, columns, 3), the top row first; with threats (rows,
   * columns, 5), the squares that win for the player to move and for the other behind these; and with parity a last plane,
   * the rows of the player to move.
   */
  encode({ own, all, plies }: ConnectFourState, into: Float32Array): void {
    const { rows, columns } = this.layout;
    const [, , planes] = this.planes;
    const { threats, parity } = this.#seen;
    const other: Stones = [all[0] & ~own[0], all[1] & ~own[1]];
    let i = 0;
    for (let row = rows - 1; row >= 0; --row) {
      for (let column = 0; column < columns; ++column, i += planes) {
        const square = squareAt(this.layout, column, row);
        const [isOwn, isTaken] = [has(own, square), has(all, square)];
        into[i] = Number(isOwn);
        into[i + 1] = Number(isTaken && !isOwn);
        into[i + 2] = Number(!isTaken);
        if (threats) {
          into[i + 3] = Number(!isTaken && hasFour(this.layout, union(own, square)));
          into[i + 4] = Number(!isTaken && hasFour(this.layout, union(other, square)));
        }
        if (parity) into[i + planes - 1] = Number(row % 2 === plies % 2);
      }
    }
  }

  /** Equal for equal positions alone: own stones, and a stone on top of each column. */
  key({ own, all }: ConnectFourState): string {
    const { bottom } = this.layout;
    return `${own[0] + all[0] + bottom[0]},${own[1] + all[1] + bottom[1]}`;
  }

  /**
   * The position after moves in a row, as columns from 1: "4453". Without moves it is the empty board.
   * @throws ImpossiblePositionError when a character is no column, a column is full, or the game was over before.
   */
  position(moves: string): ConnectFourState {
    let state = this.start();
    [...moves].forEach((digit, i) => {
      const at = `move ${i + 1} is ${shown(digit)}`;
      const column = /^[1-9]$/.test(digit) ? Number(digit) - 1 : NaN;
      const fault = this.#fault(state, column, this.actions);
      if (fault) throw new ImpossiblePositionError(moves, `${at}, but ${fault}`);
      state = this.next(state, column);
    });
    return state;
  }

  /** The board as text: x for the first player, o for the second, the top row first, and the columns' numbers below. */
  draw({ own, all, plies }: ConnectFourState): string {
    const { rows, columns } = this.layout;
    const [mine, other] = plies % 2 ? ["o", "x"] : ["x", "o"];
    const lines: string[] = [];
    for (let row = rows - 1; row >= 0; --row) {
      const squares = Array.from({ length: columns }, (_, column) => squareAt(this.layout, column, row));
      lines.push(squares.map((square) => (has(own, square) ? mine : has(all, square) ? other : ".")).join(" "));
    }
    lines.push(Array.from({ length: columns }, (_, column) => column + 1).join(" "));
    return lines.join("\n");
  }

  #isFull({ all }: ConnectFourState, column: number): boolean {
    return has(all, squareAt(this.layout, column, this.layout.rows - 1));
  }

  /** Why a move is not legal, if it is not. */
  #fault(state: ConnectFourState, column: number, columns: number): string | undefined {
    if (!(Number.isInteger(column) && column >= 0 && column < columns)) return `there are ${columns} columns`;
    const value = this.value(state);
    if (value !== undefined) return value ? "the game is won before" : "the board is full";
    return this.#isFull(state, column) ? "this column is full" : undefined;
  }
}
