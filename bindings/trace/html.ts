import { visible } from "../common/visible.js";

/** Text as HTML, in an element or in a quoted attribute. */
export const escape = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** JSON that no HTML parser takes for the end of a script. */
export const scriptJSON = (value: unknown): string => JSON.stringify(value).replace(/</g, "\\u003c");

/** "1 bit", "2 bits". */
export const plural = (count: number, noun: string): string =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;

/** A value in few digits. */
export const short = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
