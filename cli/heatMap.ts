import stringWidth from "string-width";
import { paint } from "./colorScale.js";
import type { Terminal } from "./terminal.js";
import type { Cell } from "./text.js";

/** A head's weightings, one a step, each over all slots. */
export interface Head {
  readonly name: string;
  readonly weights: readonly ArrayLike<number>[];
}

/** A slot with less weight than this at all times is not in use. */
const USED = 0.05;
const MARGIN = 6;

/**
 * Where heads wrote and read: time from left to right, slots from top to bottom, one map under the other and all over
 * the same steps and slots. Under them the text, if every byte has a column of its own.
 */
export function heatMap(heads: readonly Head[], text: readonly Cell[], terminal: Terminal): string {
  const steps = heads[0]!.weights.length;
  const width = Math.max(16, Math.min(terminal.columns, 240) - MARGIN - 1);
  const scale = Math.max(1, Math.min(4, Math.floor(width / steps))); // columns a step
  const stepsACell = Math.ceil(steps / width);
  const cells = Math.ceil(steps / stepsACell);
  const slots = slotsInUse(heads);
  const half = terminal.palette === "shades" ? 1 : 2; // rows a line
  const slotsARow = Math.ceil(slots.length / (linesFor(heads.length, terminal) * half));
  const lines = Math.ceil(slots.length / (slotsARow * half));

  const out: string[] = [];
  for (const { name, weights } of heads) {
    /** The most that falls into a cell, so that no weight gets lost. */
    const cell = (row: number, column: number): number => {
      let most = 0;
      for (const slot of slots.slice(row * slotsARow, (row + 1) * slotsARow)) {
        for (const at of weights.slice(column * stepsACell, (column + 1) * stepsACell))
          most = Math.max(most, at[slot]!);
      }
      return most;
    };
    const values = (row: number): number[] =>
      Array.from({ length: cells * scale }, (_, column) => cell(row, Math.floor(column / scale)));
    out.push(`${"slot".padStart(MARGIN - 2)} ┌ ${name} `.padEnd(MARGIN + cells * scale, "─"));
    for (let line = 0; line < lines; ++line) {
      const isLabelled = line % 4 === 0 || (line === lines - 1 && line % 4 > 1);
      const label = `${slots[line * half * slotsARow]}`.padStart(MARGIN - 2);
      const edge = isLabelled ? `${label} ┤` : "│".padStart(MARGIN);
      const upper = values(line * half);
      out.push(edge + paint(upper, half === 2 ? values(line * half + 1) : upper, terminal.palette));
    }
  }
  out.push(...timeAxis(text, steps, stepsACell, scale));
  return out.join("\n");
}

/** A line for every head's map: all that fits a screen with the text above, and not so few that nothing is seen. */
function linesFor(heads: number, { rows }: Terminal): number {
  return rows === undefined ? 40 : Math.max(8, Math.floor((rows - 10) / heads) - 1);
}

/** A stretch of the memory's ring with every slot that is used: all of it but the longest unused stretch. */
function slotsInUse(heads: readonly Head[]): number[] {
  const slots = heads[0]!.weights[0]!.length;
  const used = Array.from({ length: slots }, (_, slot) =>
    heads.some(({ weights }) => weights.some((row) => row[slot]! > USED)),
  );
  let [gapAt, gap] = [0, 0];
  for (let begin = 0; begin < slots; ++begin) {
    let length = 0;
    while (length < slots && !used[(begin + length) % slots]) ++length;
    if (length > gap) [gapAt, gap] = [begin, length];
  }
  if (gap === slots) gap = 0;
  return Array.from({ length: slots - gap }, (_, i) => (gapAt + gap + i) % slots);
}

/** Which steps are input and which are output, and what they say. */
function timeAxis(text: readonly Cell[], steps: number, stepsACell: number, scale: number): string[] {
  const length = (steps - 1) / 2;
  const delimiter = Math.floor(length / stepsACell) * scale;
  const output = Math.ceil(steps / stepsACell) * scale - delimiter - scale;
  const lines = ["└".padStart(MARGIN) + rule("input", delimiter) + "┴".padEnd(scale, "─") + rule("output", output)];
  if (stepsACell === 1) {
    const spell = (side: "input" | "output"): string =>
      text.map((cell) => fit(cell[side], cell.bytes * scale)).join("");
    lines.push(`${" ".repeat(MARGIN)}${spell("input")}${" ".repeat(scale)}${spell("output")}`.trimEnd());
  }
  return lines;
}

function rule(title: string, width: number): string {
  if (width < title.length + 4) return "─".repeat(width);
  const left = Math.floor((width - title.length - 2) / 2);
  return `${"─".repeat(left)} ${title} ${"─".repeat(width - left - title.length - 2)}`;
}

/** Text in exactly so many columns. */
function fit(text: string, width: number): string {
  const taken = stringWidth(text);
  return taken <= width ? text + " ".repeat(width - taken) : "·".repeat(width);
}

/** What the shades mean. */
export function legend({ palette }: Terminal): string {
  const width = 12;
  const values = Array.from({ length: width }, (_, i) => i / (width - 1));
  return `${" ".repeat(MARGIN)}weight 0 ${paint(values, values, palette)} 1   time runs to the right, a step a byte`;
}
