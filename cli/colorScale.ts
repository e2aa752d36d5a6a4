import { inferno, mix } from "../bindings/trace/colors.js";
import type { Palette } from "./terminal.js";

/** The nearest of xterm's 256 colours, from dark to bright. */
const XTERM = [16, 234, 53, 89, 125, 167, 202, 208, 220, 229] as const;

const SHADES = [" ", "░", "▒", "▓", "█"] as const;

/** One line of a picture, two values high where there are colours: the upper and the lower half of every cell. */
export function paint(upper: readonly number[], lower: readonly number[], palette: Palette): string {
  if (palette === "shades") return upper.map((value, i) => SHADES[level(Math.max(value, lower[i]!), 5)]).join("");
  let [line, last] = ["", ""];
  upper.forEach((value, i) => {
    const code = `\x1b[${color(value, 38, palette)};${color(lower[i]!, 48, palette)}m`;
    line += code === last ? "▀" : `${code}▀`;
    last = code;
  });
  return `${line}\x1b[0m`;
}

/** Which of so many levels a value from 0 to 1 is on; the lowest is for what is nearly nothing. */
const level = (value: number, levels: number): number =>
  value < 0.02 ? 0 : Math.min(levels - 1, 1 + Math.floor(value * (levels - 1)));

function color(value: number, ground: 38 | 48, palette: Palette): string {
  if (palette === "256") return `${ground};5;${XTERM[level(value, XTERM.length)]}`;
  return `${ground};2;${mix(inferno, value).join(";")}`;
}
