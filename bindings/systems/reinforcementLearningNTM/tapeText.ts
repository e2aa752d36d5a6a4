import { shown } from "../../common/shown.js";
import { exampleOf, type TapeExample, type TapeTaskOptions } from "./tapeTask.js";

/** Letters of the alphabet: with more symbols than these, symbols are written as numbers. */
const LETTERS = 26;

/** A symbol in writing: a letter, or a number where there are more symbols than letters; the blank is a middle dot. */
export function symbolText(symbol: number, symbols: number): string {
  if (symbol === 0) return "·";
  return symbols > LETTERS ? String(symbol) : String.fromCharCode(0x60 + symbol);
}

/** Several in writing, as `parseTape` reads them. */
export const textOf = (all: readonly number[], symbols: number): string =>
  all.map((symbol) => symbolText(symbol, symbols)).join(symbols > LETTERS ? " " : "");

/**
 * What is on the input tape, and what is to be put out, of a text such as "cabd", "c a b d" or, of repeat-copy, "3 cab".
 *
 * @throws SyntaxError when the text is no input of the task: what was not understood, and what would be.
 */
export function parseTape(text: string, options: Required<TapeTaskOptions>): TapeExample {
  const { transformation, symbols } = options;
  const trimmed = text.trim();
  const [repeats, rest] = transformation === "repeat-copy" ? countIn(trimmed, options) : [undefined, trimmed];
  const parts = symbols > LETTERS ? rest.split(/\s+/) : [...rest.replace(/\s+/g, "")];
  const wanted = `symbols from ${symbolText(1, symbols)} to ${symbolText(symbols, symbols)}`;
  if (!rest) throw new SyntaxError(`There is nothing on the tape: give it ${wanted}, such as ${exampleText(options)}`);
  const all = parts.map((part) => {
    const symbol = symbols > LETTERS ? numberOf(part) : letterOf(part);
    if (symbol >= 1 && symbol <= symbols) return symbol;
    throw new SyntaxError(`${shown(part)} is no symbol of this machine, which knows ${wanted}`);
  });
  if (transformation !== "duplicated-input") return exampleOf(all, options, repeats);
  const once = all.filter((_, i) => i % 3 === 0);
  all.forEach((symbol, i) => {
    if (symbol === once[Math.floor(i / 3)] && all.length % 3 === 0) return;
    throw new SyntaxError(
      `Every symbol stands three times on this machine's tape, such as ${exampleText(options)}, and not in ${shown(trimmed)}`,
    );
  });
  return exampleOf(once, options);
}

/** 0 for what is none. */
const numberOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) : 0);

/** 1 for a. Other characters are below, or above all letters. */
const letterOf = (character: string): number => character.charCodeAt(0) - 0x60;

/** How often, and what. */
function countIn(text: string, options: Required<TapeTaskOptions>): [number, string] {
  const found = /^(\d+)\s+(.*)$/s.exec(text);
  const repeats = Number(found?.[1]);
  if (found && repeats >= 2 && repeats <= options.symbols) return [repeats, found[2]!.trim()];
  throw new SyntaxError(
    `${shown(text)} does not begin with how often it is to be copied, from 2 to ${options.symbols}: write it as ${exampleText(options)}`,
  );
}

/** A text that this machine reads. */
export function exampleText({ transformation, symbols }: Required<TapeTaskOptions>): string {
  const some = [3, 1, 2].map((symbol) => Math.min(symbol, symbols));
  const written = textOf(transformation === "duplicated-input" ? some.flatMap((s) => [s, s, s]) : some, symbols);
  return `"${transformation === "repeat-copy" ? `2 ${written}` : written}"`;
}
