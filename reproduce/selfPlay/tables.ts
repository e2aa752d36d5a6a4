import { count, percent, table, time } from "../markdown.js";
import type { ConnectFourStudy } from "../studies/connectFour.js";
import type { Ended } from "./judged.js";

/** Mistakes on the small board by generation. */
export const smallTable = ({ small }: ConnectFourStudy): string =>
  table(
    ["generation", "games so far", "moves a game", "loss", "alone", "with a search", "time"],
    small.map(({ generation, games, moves, loss, alone, search, seconds }) => [
      String(generation),
      count(games),
      moves?.toFixed(1) ?? "–",
      loss?.toFixed(2) ?? "–",
      percent(alone),
      percent(search),
      time(seconds),
    ]),
  );

/** Who is judged against whom, in the order of the table. */
const MATCHES = ["alone, random", "alone, greedy", "search, random", "search, greedy"] as const;

const ended = (of: Ended | undefined): string => (of ? `${of.won}, ${of.drawn}, ${of.lost}` : "–");

/** Games of Othello by generation. */
export const othelloTable = ({ othello }: ConnectFourStudy): string =>
  table(
    ["generation", "games so far", ...MATCHES.map((match) => match.replace(",", " against")), "time"],
    othello.map(({ generation, games, matches, seconds }) => [
      String(generation),
      count(games),
      ...MATCHES.map((match) => ended(matches[match])),
      time(seconds),
    ]),
  );

/** Seconds of the processor for all generations of a game. */
export const secondsOf = (generations: ConnectFourStudy["small"] | ConnectFourStudy["othello"]): number =>
  generations.reduce((sum, { seconds }) => sum + seconds, 0);
