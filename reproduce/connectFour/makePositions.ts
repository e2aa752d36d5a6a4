/**
 * Draws test positions of every class, and writes them with the exact value of every move:
 *
 *   node --import tsx reproduce/connectFour/makePositions.ts EACH SEED FILE [CLASS ...]
 *
 * Moves are drawn at random from the empty board. Positions in which every move is as good as any other stay in: nobody
 * can make a mistake there. On a core, 60 of each of the four classes that are not long take half a minute, and 60 of
 * "beginning, medium" and of "beginning, hard" four minutes.
 */
import { appendFileSync, writeFileSync } from "node:fs";
import { Random } from "../../bindings/common/random/philox.js";
import { connectFour } from "../../bindings/games/connectFour/connectFour.js";
import { ConnectFourSolver } from "../../bindings/games/connectFour/solver.js";
import { CLASSES, classOf, type PositionClass } from "./classes.js";

const [each, seed, file, ...wanted] = process.argv.slice(2) as [string, string, string, ...string[]];
const game = connectFour();
const solver = new ConnectFourSolver(game, { tableBits: 24 });
const seen = new Set<string>();
writeFileSync(file, "");
for (const [number, name] of (Object.keys(CLASSES) as PositionClass[]).entries()) {
  if (wanted.length && !wanted.includes(name)) continue;
  const random = new Random(Number(seed), number);
  const { plies: range } = CLASSES[name];
  // The first moves of long games take minutes to solve.
  const least = Math.max(range[0], 11);
  for (let found = 0; found < Number(each);) {
    const plies = random.integer(least, range[1]);
    const moves: number[] = [];
    let state = game.start();
    while (moves.length < plies && game.value(state) === undefined) {
      const legal = game.moves(state);
      moves.push(legal[random.integer(0, legal.length - 1)]!);
      state = game.next(state, moves.at(-1)!);
    }
    if (game.value(state) !== undefined || seen.has(game.key(state))) continue;
    seen.add(game.key(state));
    const { movesLeft } = solver.score(state);
    if (classOf(plies, movesLeft) !== name) continue;
    const values = solver.moveValues(state);
    ++found;
    // A letter for each column: w, d, l, and - for a full one.
    const letters = values.map((value) => (Number.isNaN(value) ? "-" : "ldw"[value + 1])).join("");
    appendFileSync(file, `${name}\t${moves.map((move) => move + 1).join("")}\t${movesLeft}\t${letters}\n`);
  }
}
