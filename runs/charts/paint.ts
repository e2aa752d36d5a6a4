import stringWidth from "string-width";

/** Marks text up with an ANSI code, where there are colours. */
export type Paint = (code: number, text: string) => string;

export const painter =
  (isColor: boolean): Paint =>
  (code, text) =>
    isColor ? `\x1b[${code}m${text}\x1b[0m` : text;

/** Text in at least so many columns, however wide its characters are. */
export const padded = (text: string, width: number): string =>
  text + " ".repeat(Math.max(0, width - stringWidth(text)));

/** Columns of the widest text. */
export const widestOf = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => stringWidth(text)));
