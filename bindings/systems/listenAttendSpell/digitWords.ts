/** How digits are spelled. */
export const digitWords = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"] as const;

/** What several digits are spelled in: letters, and a space between words. */
export const digitSymbols: readonly string[] = [
  "e",
  "f",
  "g",
  "h",
  "i",
  "n",
  "o",
  "r",
  "s",
  "t",
  "u",
  "v",
  "w",
  "x",
  "z",
  " ",
];

/** Digits in words: "seven one". */
export const spelled = (digits: readonly number[]): string => digits.map((digit) => digitWords[digit]).join(" ");
