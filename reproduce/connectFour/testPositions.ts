import { readFileSync } from "node:fs";
import type { ConnectFour } from "../../bindings/games/connectFour/connectFour.js";
import type { ConnectFourState } from "../../bindings/games/connectFour/state.js";
import type { PositionClass } from "./classes.js";

/** A position that a player is judged by. */
export interface TestPosition {
  readonly name: PositionClass;
  readonly state: ConnectFourState;
  /** What perfect play comes to after each move, for the player who makes it: 1, 0 or −1, and NaN of a full column. */
  readonly values: readonly number[];
}

const FILE = new URL("positions.tsv", import.meta.url);

/** The positions that makePositions.ts has drawn, at most so many of each class. */
export function testPositions(game: ConnectFour, most = Infinity): TestPosition[] {
  const counts: Partial<Record<PositionClass, number>> = {};
  return readFileSync(FILE, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t") as [PositionClass, string, string, string])
    .filter(([name]) => (counts[name] = (counts[name] ?? 0) + 1) <= most)
    .map(([name, moves, , letters]) => ({
      name,
      state: game.position(moves),
      values: Array.from(letters, (letter) => (letter === "-" ? NaN : "ldw".indexOf(letter) - 1)),
    }));
}

/** The part of the positions of each class in which a player's move makes the result worse than it need be. */
export function mistakesBy(
  positions: readonly TestPosition[],
  moves: readonly number[],
): Partial<Record<PositionClass, number>> {
  const counts: Partial<Record<PositionClass, [wrong: number, all: number]>> = {};
  positions.forEach(({ name, values }, i) => {
    const best = values.reduce((most, value) => (value > most ? value : most), -1);
    const count = (counts[name] ??= [0, 0]);
    count[0] += Number(values[moves[i]!] !== best);
    count[1] += 1;
  });
  return Object.fromEntries(Object.entries(counts).map(([name, [wrong, all]]) => [name, wrong / all]));
}
