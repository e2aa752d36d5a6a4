import { has, squareAt, union, type Layout, type Stones } from "./layout.js";
import type { ConnectFourState } from "./state.js";

/** The position with its columns in the opposite order. */
export function mirrored(layout: Layout, { own, all, plies }: ConnectFourState): ConnectFourState {
  let [turnedOwn, turnedAll]: Stones[] = [
    [0, 0],
    [0, 0],
  ];
  for (let column = 0; column < layout.columns; ++column) {
    for (let row = 0; row < layout.rows; ++row) {
      const to = squareAt(layout, layout.columns - 1 - column, row);
      if (has(own, squareAt(layout, column, row))) turnedOwn = union(turnedOwn!, to);
      if (has(all, squareAt(layout, column, row))) turnedAll = union(turnedAll!, to);
    }
  }
  return { own: turnedOwn!, all: turnedAll!, plies };
}
