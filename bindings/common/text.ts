/** Text of questions and of cells: how it is compared, and what words and numbers it is made of. */

/** A word or a number. */
export interface TextToken {
  readonly text: string;
  /** What it counts, if it does: 1234.5 of "1,234.5", 3 of "3rd" and "three". */
  readonly value?: number;
}

const COUNTED = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** With one kind of quotes and dashes, without diacritics, in lower case. */
const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replace(/[‘’´`]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐‑‒–—−]/g, "-")
    .toLowerCase();

/**
 * Text as the evaluator of WikiTableQuestions compares it: without diacritics, citations, details in brackets at the
 * end, outer quotes and a last dot, and with one kind of blanks. Pasupat & Liang 2015.
 */
export function normalized(text: string): string {
  let left = plain(text);
  for (let before = ""; before !== left;) {
    before = left;
    left = left
      .trim()
      .replace(/((?!^)\[[^\]]*\]|\[\d+\]|[•♦†‡*#+])*$/u, "")
      .trim()
      .replace(/(?!^)( \([^)]*\))*$/, "")
      .trim()
      .replace(/^"([^"]*)"$/, "$1");
  }
  return left.replace(/\.$/, "").replace(/\s+/g, " ").trim();
}

/** The number that a text is, if it is nothing else: "12", "-0.5", "1e3". */
export function numberOf(text: string): number | undefined {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : undefined;
}

const TOKEN = /\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:st|nd|rd|th)?(?![\p{L}\d])|[\p{L}\d]+/gu;

/** The words and numbers of a text, without what stands between them. */
export function tokensOf(text: string): TextToken[] {
  return Array.from(plain(text).matchAll(TOKEN), ([token]): TextToken => {
    const digits = /^\d+(?:,\d{3})*(?:\.\d+)?(?=(?:st|nd|rd|th)?$)/.exec(token)?.[0];
    if (digits) return { text: token, value: Number(digits.replaceAll(",", "")) };
    const counted = COUNTED.indexOf(token);
    return counted < 0 ? { text: token } : { text: token, value: counted + 2 };
  });
}

/** A word without the s of its plural, so that "nations" is found in "Nation". */
export const stemOf = (word: string): string =>
  word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;

/** The number that a cell begins with: 45661556 of "$45,661,556", 3 of "3rd (tie)". */
export function firstNumber(cell: string): number | undefined {
  const found = /-?\d[\d,]*(?:\.\d+)?/.exec(plain(cell))?.[0];
  return found === undefined ? undefined : Number(found.replaceAll(",", ""));
}
