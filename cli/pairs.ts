import { InvalidArgumentError } from "commander";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Pair } from "../bindings/tasks.js";
import { countsOf } from "../bindings/common/counts.js";
import { TextFile } from "./input.js";

/** A file of pairs, two columns with a tab between, and what they are made of. */
export class PairsFile extends TextFile {
  /** Lines as pairs of texts. */
  get lines(): readonly (readonly [string, string])[] {
    return this.text
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split("\t") as unknown as readonly [string, string]);
  }
}

/** Reads an option that names a file of pairs, which may be gzipped. */
export function pairsOf(file: string): PairsFile {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
    if (file.endsWith(".gz")) bytes = gunzipSync(bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InvalidArgumentError(code === "ENOENT" ? "There is no such file." : `It cannot be read: ${message}.`);
  }
  const pairs = new PairsFile(file, new TextDecoder().decode(bytes).replaceAll("\r\n", "\n"));
  const faulty = pairs.lines.findIndex((columns) => columns.length < 2 || !columns[0].trim() || !columns[1].trim());
  if (faulty >= 0) throw new InvalidArgumentError(`Line ${faulty + 1} must have two columns, with a tab between.`);
  if (!pairs.lines.length) throw new InvalidArgumentError("It is empty.");
  return pairs;
}

/** Letters of a word as models of spelling know them: small, without accents. */
export const lettersOf = (word: string): string[] => [
  ...word.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("’", "'").toLowerCase(),
];

/** Words and punctuation of a sentence, small. */
export const wordsOf = (sentence: string): string[] =>
  sentence
    .normalize("NFC")
    .replaceAll("’", "'")
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+(?:['’](?=\p{L}))?|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];

/** Spelling and phonemes: `word<TAB>W ER D`. */
export const pronunciations = ({ lines }: PairsFile): Pair[] =>
  lines.map(([word, phonemes]) => [lettersOf(word), phonemes.trim().split(/\s+/)]);

/** What stands for a word that is too rare to be in a vocabulary. */
export const RARE = "�";

/** Words that are seen so often, by how often. */
export function frequentWords(sentences: readonly (readonly string[])[], least: number): string[] {
  return [...countsOf(sentences)]
    .filter(([, count]) => count >= least)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([word]) => word);
}
