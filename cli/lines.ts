import { UsageError } from "./errors.js";

/** A line, and its number from 1. */
export interface Line {
  readonly text: string;
  readonly number: number;
}

/** Lines in the groups in which they come: those of the command line at once, those of stdin as they arrive. */
export async function* linesFrom(words: readonly string[], stdin: NodeJS.ReadStream): AsyncGenerator<Line[]> {
  if (words.length) return yield numbered(words.join(" ").split(/\r?\n/), 1);
  if (stdin.isTTY) throw new UsageError("There is no text: give one as an argument, or pipe one in");
  const decoder = new TextDecoder();
  let [rest, number] = ["", 1];
  for await (const chunk of stdin) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
    rest = lines.pop()!;
    yield numbered(
      lines.map((line) => line.replace(/\r$/, "")),
      number,
    );
    number += lines.length;
  }
  rest += decoder.decode();
  if (rest) yield numbered([rest], number);
}

const numbered = (texts: readonly string[], first: number): Line[] =>
  texts.map((text, i) => ({ text, number: first + i }));
