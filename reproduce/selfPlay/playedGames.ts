import type { PlayedGame } from "../../bindings/search.js";

/** Games as the bytes of a file, a line of JSON each. */
export const encodeGames = (games: readonly PlayedGame[]): Uint8Array =>
  new TextEncoder().encode(games.map((game) => `${JSON.stringify(game)}\n`).join(""));

/** Games of such a file. */
export const decodeGames = (bytes: Uint8Array): PlayedGame[] =>
  new TextDecoder()
    .decode(bytes)
    .split("\n")
    .filter((line) => line)
    .map((line) => JSON.parse(line) as PlayedGame);
