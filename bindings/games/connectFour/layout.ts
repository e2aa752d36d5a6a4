/**
 * Stones of a board as bits: a column is `rows` bits from the bottom up and one above them that stays 0, so that lines do
 * not run from one column into the next. As many columns as fit are in the first of two words of `bits` bits, the others
 * in the second: together they are one number of 2 × `bits` bits, and a line is a shift by `step`. After John Tromp's
 * Fhourstones, which has it in 49 bits.
 */
export interface Layout {
  readonly rows: number;
  readonly columns: number;
  /** Bits of a column: rows + 1. */
  readonly height: number;
  /** Bits of a word, whole columns of at most 31. */
  readonly bits: number;
  /** All squares. */
  readonly board: Stones;
  /** The lowest square of each column. */
  readonly bottom: Stones;
}

/** A set of squares, in two words. */
export type Stones = readonly [low: number, high: number];

/** The most rows of a board: a diagonal of four must not be longer than a word. */
export const MOST_ROWS = 6;

/** The most columns of a board of so many rows: what two words hold, and one digit can say. */
export const mostColumns = (rows: number): number => Math.min(9, 2 * Math.floor(31 / (rows + 1)));

export function layoutOf(rows: number, columns: number): Layout {
  const height = rows + 1;
  const bits = Math.floor(31 / height) * height;
  const layout = { rows, columns, height, bits };
  let [board, bottom]: Stones[] = [
    [0, 0],
    [0, 0],
  ];
  for (let column = 0; column < columns; ++column) {
    bottom = union(bottom!, squareAt(layout, column, 0));
    for (let row = 0; row < rows; ++row) board = union(board!, squareAt(layout, column, row));
  }
  return { ...layout, board: board!, bottom: bottom! };
}

/** One square: columns from the left, rows from the bottom, both from 0. */
export function squareAt({ height, bits }: Pick<Layout, "height" | "bits">, column: number, row: number): Stones {
  const bit = column * height + row;
  return bit < bits ? [1 << bit, 0] : [0, 1 << (bit - bits)];
}

export const union = (a: Stones, b: Stones): Stones => [a[0] | b[0], a[1] | b[1]];
export const has = (stones: Stones, square: Stones): boolean =>
  ((stones[0] & square[0]) | (stones[1] & square[1])) !== 0;

/** Whether four stones are in a line. */
export function hasFour({ height, bits }: Layout, [low, high]: Stones): boolean {
  for (const step of [1, height - 1, height, height + 1]) {
    // Stones whose neighbour in this direction is a stone too, and of those the ones two further on.
    const two0 = low & lowAfter(low, high, step, bits);
    const two1 = high & (high >>> step);
    if (two0 & lowAfter(two0, two1, 2 * step, bits) || two1 & (two1 >>> (2 * step))) return true;
  }
  return false;
}

/** The first word after a shift to the right by less than a word. */
const lowAfter = (low: number, high: number, step: number, bits: number): number =>
  (low >>> step) | ((high << (bits - step)) & ((1 << bits) - 1));
