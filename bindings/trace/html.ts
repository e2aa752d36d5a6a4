/** Text as HTML, in an element or in a quoted attribute. */
export const escape = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Control characters as their pictures, and none that turns text around. */
export const visible = (text: string): string =>
  text
    .replace(/[\0-\x1f]/g, (character) => String.fromCharCode(0x2400 + character.charCodeAt(0)))
    .replace(/\x7f/g, "\u2421")
    .replace(/[\x80-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/gu, "\ufffd");

/** JSON that no HTML parser takes for the end of a script. */
export const scriptJSON = (value: unknown): string => JSON.stringify(value).replace(/</g, "\\u003c");

/** "1 bit", "2 bits". */
export const plural = (count: number, noun: string): string =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

/** A value in few digits. */
export const short = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
