import type { Game } from "../../../bindings/search/game.js";

/** The sliding puzzle of 2 rows and 3 columns: the empty square moves up, down, left or right. Solved is 123/45_. */
export const sliding: Game<string> = {
  players: 1,
  actions: 4,
  planes: [2, 3, 6],
  start: () => "12345_",
  moves: (tiles) => [0, 1, 2, 3].filter((move) => neighbour(tiles.indexOf("_"), move) !== undefined),
  next(tiles, move) {
    const from = tiles.indexOf("_");
    const to = neighbour(from, move)!;
    return [...tiles].map((tile, i) => (i === from ? tiles[to]! : i === to ? "_" : tile)).join("");
  },
  value: (tiles) => (tiles === "12345_" ? 1 : undefined),
  encode: (tiles, into) => [...tiles].forEach((tile, i) => (into[6 * i + "12345_".indexOf(tile)] = 1)),
  key: (tiles) => tiles,
};

function neighbour(place: number, move: number): number | undefined {
  const [row, column] = [Math.floor(place / 3), place % 3];
  const [dRow, dColumn] = [
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
  ][move] as [number, number];
  const [r, c] = [row + dRow, column + dColumn];
  return r >= 0 && r < 2 && c >= 0 && c < 3 ? 3 * r + c : undefined;
}

/** Moves from every state to the solved one, by breadth-first search from there: moves go both ways. */
export function slidingDistances(): Map<string, number> {
  const distances = new Map([["12345_", 0]]);
  for (const [tiles, distance] of distances) {
    for (const move of sliding.moves(tiles)) {
      const next = sliding.next(tiles, move);
      if (!distances.has(next)) distances.set(next, distance + 1);
    }
  }
  return distances;
}
