import { escape } from "../html.js";
import type { ProgramWord } from "./program.js";

const TAKEN_FOR: Readonly<Record<string, string>> = {
  number: "a number",
  column: "a column",
  entry: "found in the table",
  ignored: "not read",
};

/** The question with what the model took its words for; those that it did not read are dim. */
export const questionIn = (words: readonly ProgramWord[]): string =>
  words
    .map(({ text, role = "word" }) => {
      const taken = TAKEN_FOR[role];
      return taken ? `<span class="word ${role}" title="${taken}">${escape(text)}</span>` : escape(text);
    })
    .join(" ");

/** The same, as text. */
export const questionText = (words: readonly ProgramWord[]): string => words.map(({ text }) => text).join(" ");
