import { checkOptions, oneOf } from "../../common/options.js";
import { shown } from "../../common/shown.js";
import { IllegalMoveError, ImpossiblePositionError } from "../../search/errors.js";
import type { Game } from "../../search/game.js";

/** A position of Othello. */
export interface OthelloState {
  /** Squares, row by row from the top: 1 of the player to move, −1 of the other, 0 empty. */
  readonly squares: Int8Array;
  /** Moves made, passes among them: black moves when it is even. */
  readonly plies: number;
}

/** The size of the board. */
export interface OthelloOptions {
  /** Squares of a side. Default: "6". */
  side?: "4" | "6" | "8";
}

/** Steps to the eight neighbours: rows and columns. */
const DIRECTIONS = [
  [-1, -1],
  [-1, 0],
  [-1, 1],
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 0],
  [1, 1],
] as const;

/**
 * Othello: a disc turns all discs of the other that it encloses in a line, and must turn one; who cannot move passes, and
 * when neither can, more discs win. Moves are squares, row by row from the top, and one more for a pass. A network sees
 * three planes: the squares of the player to move, of the other, and empty ones.
 *
 * @example
 * const game = othello(); // 6 × 6
 * const state = game.position("b3b2");
 * console.log(game.draw(state));
 */
export function othello(options: OthelloOptions = {}): Othello {
  const { side } = checkOptions("othello", options, { side: ["6", oneOf("4", "6", "8")] });
  return new Othello(Number(side));
}

/** The rules of Othello on a board of one size: see `othello`. */
export class Othello implements Game<OthelloState> {
  readonly players = 2;
  readonly actions: number;
  readonly planes: readonly [height: number, width: number, planes: number];
  /** The number of the move that passes. */
  readonly pass: number;

  /** @internal */
  constructor(readonly side: number) {
    this.pass = side * side;
    this.actions = this.pass + 1;
    this.planes = [side, side, 3];
  }

  /** Four discs in the middle, black to move. */
  start(): OthelloState {
    const squares = new Int8Array(this.side * this.side);
    const [low, high] = [this.side / 2 - 1, this.side / 2];
    squares[low * this.side + high] = squares[high * this.side + low] = 1;
    squares[low * this.side + low] = squares[high * this.side + high] = -1;
    return { squares, plies: 0 };
  }

  /** Squares that turn discs, or else a pass; none when the game is over. */
  moves(state: OthelloState): number[] {
    const turning = this.#turning(state.squares, 1);
    if (turning.length) return turning;
    return this.#turning(state.squares, -1).length ? [this.pass] : [];
  }

  /** @throws IllegalMoveError when the square turns no disc, or a pass is not due. */
  next({ squares, plies }: OthelloState, move: number): OthelloState {
    const after = squares.map((disc) => -disc);
    const turned = move === this.pass ? [] : this.#turned(squares, move, 1);
    const isLegal = move === this.pass ? this.moves({ squares, plies })[0] === this.pass : turned.length > 0;
    if (!isLegal) {
      const why = move === this.pass ? "a pass is not due" : "it turns no disc";
      const legal = this.moves({ squares, plies });
      throw new IllegalMoveError(move, why, legal);
    }
    for (const square of turned) after[square] = -1;
    if (move !== this.pass) after[move] = -1;
    return { squares: after, plies: plies + 1 };
  }

  /** When neither player can move: 1, 0 or −1, for the player to move, as it has more discs, as many, or fewer. */
  value({ squares }: OthelloState): number | undefined {
    if (this.#canTurn(squares, 1) || this.#canTurn(squares, -1)) return undefined;
    return Math.sign(squares.reduce((sum, disc) => sum + disc, 0)) || 0;
  }

  /** Own discs, those of the other, and empty squares, as (side, side, 3). */
  encode({ squares }: OthelloState, into: Float32Array): void {
    squares.forEach((disc, square) => {
      into[3 * square] = Number(disc === 1);
      into[3 * square + 1] = Number(disc === -1);
      into[3 * square + 2] = Number(disc === 0);
    });
  }

  /** Equal for positions that are alike to the player to move. */
  key({ squares }: OthelloState): string {
    return squares.join("");
  }

  /**
   * The position after moves in a row, as a letter for the column and a number for the row from the top: "b3b2". Passes
   * are not written.
   * @throws ImpossiblePositionError when one is no square, or turns no disc.
   */
  position(moves: string): OthelloState {
    let state = this.start();
    const words = moves.match(/.{1,2}/gsu) ?? [];
    words.forEach((word, i) => {
      const [, letter, digit] = /^([a-h])([1-8])$/.exec(word) ?? [];
      const column = letter === undefined ? this.side : letter.charCodeAt(0) - 97;
      const row = Number(digit) - 1;
      const at = `move ${i + 1} is ${shown(word)}`;
      if (column >= this.side || !(row < this.side)) {
        throw new ImpossiblePositionError(moves, `${at}, which is no square of ${this.side} × ${this.side}`);
      }
      if (this.moves(state)[0] === this.pass) state = this.next(state, this.pass);
      const square = row * this.side + column;
      if (!this.#turned(state.squares, square, 1).length) {
        throw new ImpossiblePositionError(moves, `${at}, which turns no disc`);
      }
      state = this.next(state, square);
    });
    return state;
  }

  /** The board as text: x for black, o for white, with letters above and numbers to the left. */
  draw({ squares, plies }: OthelloState): string {
    const signs = plies % 2 ? "x.o" : "o.x";
    const lines = [`  ${[..."abcdefgh"].slice(0, this.side).join(" ")}`];
    for (let row = 0; row < this.side; ++row) {
      const line = squares.subarray(row * this.side, (row + 1) * this.side);
      lines.push(`${row + 1} ${Array.from(line, (disc) => signs[disc + 1]).join(" ")}`);
    }
    return lines.join("\n");
  }

  #turning(squares: Int8Array, player: 1 | -1): number[] {
    const moves: number[] = [];
    for (let square = 0; square < squares.length; ++square) {
      if (this.#turns(squares, square, player)) moves.push(square);
    }
    return moves;
  }

  #canTurn(squares: Int8Array, player: 1 | -1): boolean {
    for (let square = 0; square < squares.length; ++square) {
      if (this.#turns(squares, square, player)) return true;
    }
    return false;
  }

  /** Whether a disc on a square turns any: a search asks it of every square, so that nothing is allocated. */
  #turns(squares: Int8Array, square: number, player: 1 | -1): boolean {
    if (squares[square] !== 0) return false;
    const { side } = this;
    const column = square % side;
    for (let i = 0; i < DIRECTIONS.length; ++i) {
      const [dRow, dColumn] = DIRECTIONS[i]!;
      let at = square;
      let toSide = column;
      for (let length = 0; ; ++length) {
        at += dRow * side + dColumn;
        toSide += dColumn;
        if (at < 0 || at >= squares.length || toSide < 0 || toSide >= side || squares[at] === 0) break;
        if (squares[at] === player) {
          if (length) return true;
          break;
        }
      }
    }
    return false;
  }

  /** The discs that one on a square turns: none if it is taken, or no square. */
  #turned(squares: Int8Array, square: number, player: 1 | -1): number[] {
    if (squares[square] !== 0) return [];
    const { side } = this;
    const turned: number[] = [];
    for (const [dRow, dColumn] of DIRECTIONS) {
      let [row, column] = [Math.floor(square / side) + dRow, (square % side) + dColumn];
      const line: number[] = [];
      const isInside = (): boolean => row >= 0 && row < side && column >= 0 && column < side;
      while (isInside() && squares[row * side + column] === -player) {
        line.push(row * side + column);
        row += dRow;
        column += dColumn;
      }
      if (line.length && isInside() && squares[row * side + column] === player) turned.push(...line);
    }
    return turned;
  }
}
