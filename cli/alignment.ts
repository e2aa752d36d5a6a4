import { paint } from "./colorScale.js";
import type { Terminal } from "./terminal.js";
import { visible } from "../bindings/common/visible.js";
import type { Said } from "./transducing.js";

/** Where it looked: a row for each symbol that was said, a column for each that was read. */
export function alignment({ source, symbols, attention }: Said, { columns, palette }: Terminal): string {
  const rows = [...symbols, "end"].slice(0, attention!.length).map((symbol) => visible(symbol));
  const margin = Math.max(...rows.map((row) => row.length)) + 2;
  const labels = source.map((symbol) => visible(symbol));
  const wide = Math.max(...labels.map((label) => label.length));
  const width = wide > 1 ? wide + 1 : 2;
  const shown = Math.max(1, Math.min(source.length, Math.floor((columns - margin) / width)));
  const cut = shown < source.length ? " …" : "";
  const head = labels
    .slice(0, shown)
    .map((label) => label.padEnd(width))
    .join("");
  const lines = rows.map((row, t) => {
    const weights = attention![t]!.slice(0, shown).flatMap((weight) => new Array<number>(width).fill(weight));
    return `${row.padStart(margin - 2)}  ${paint(weights, weights, palette)}`;
  });
  return [`${" ".repeat(margin)}${head.trimEnd()}${cut}`, ...lines].map((line) => line.trimEnd()).join("\n");
}
