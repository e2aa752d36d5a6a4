import { InvalidArgumentError } from "commander";
import type { Pair } from "../bindings/tasks.js";
import { frequentWords, RARE, wordsOf } from "./pairs.js";
import { TextFile, textOf } from "./input.js";

/** What stands between two turns of a source. */
export const TURN = "⏎";
/** Turns that a reply is given to, and their words: the latest. */
const TURNS = 2;
export const MOST_WORDS = 48;

/** Dialogues, each of whose turns answers those before it. */
export class DialoguesFile extends TextFile {
  readonly dialogues: readonly (readonly string[])[];

  /** @throws SyntaxError with the number of a line that is no dialogue. */
  constructor(file: string, text: string) {
    super(file, text);
    this.dialogues = text.split("\n").flatMap((line, i) => (line.trim() ? [turnsIn(line, i + 1)] : []));
    if (!this.dialogues.length) throw new SyntaxError("it is empty");
  }
}

function turnsIn(line: string, number: number): readonly string[] {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch (cause) {
    throw new SyntaxError(`line ${number} is no JSON`, { cause });
  }
  const { turns } = (read ?? {}) as { readonly turns?: unknown };
  if (Array.isArray(turns) && turns.length > 1 && turns.every((turn) => typeof turn === "string")) return turns;
  throw new SyntaxError(`line ${number} must have "turns", two texts or more`);
}

/** Reads an option that names a file of dialogues, which may be gzipped: JSON lines with "turns". */
export function dialoguesOf(file: string): DialoguesFile {
  const { text } = textOf(file);
  try {
    return new DialoguesFile(file, text);
  } catch (error) {
    throw new InvalidArgumentError(`It holds no dialogues: ${(error as Error).message}.`);
  }
}

/** What a reply is given to: the words of the latest turns, with marks between. */
export const contextOf = (turns: readonly string[]): string[] =>
  turns
    .slice(-TURNS)
    .flatMap((turn, i) => [...(i ? [TURN] : []), ...wordsOf(turn)])
    .slice(-MOST_WORDS);

/** A reply in a dialogue, and what it was given to. */
export interface Exchange {
  readonly context: readonly string[];
  readonly reply: readonly string[];
}

/** Every turn but the first of all dialogues. Turns without a word answer nothing, and are not answered. */
export const exchangesIn = (dialogues: readonly (readonly string[])[]): Exchange[] =>
  dialogues.flatMap((turns) =>
    turns.slice(1).flatMap((turn, i) => {
      const [context, reply] = [contextOf(turns.slice(0, i + 1)), wordsOf(turn)];
      return context.length && reply.length ? [{ context, reply }] : [];
    }),
  );

/** The same words, and the mark of rare ones for those that a vocabulary does not have. */
export const knownWords = (words: readonly string[], known: ReadonlySet<string>): string[] =>
  words.map((word) => (known.has(word) ? word : RARE));

/** Exchanges as pairs. Words that are seen less than `least` times are rare ones. */
export function conversations(
  { dialogues }: DialoguesFile,
  least: number,
): { pairs: Pair[]; sourceSymbols: string[]; targetSymbols: string[] } {
  const known = frequentWords(dialogues.flat().map(wordsOf), least);
  const isKnown = new Set(known);
  const pairs = exchangesIn(dialogues).map(({ context, reply }): Pair => [context, knownWords(reply, isKnown)]);
  return { pairs, sourceSymbols: [...known, TURN], targetSymbols: [...known, RARE] };
}
