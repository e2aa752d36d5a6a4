import { escape } from "../../trace/html.js";
import { liveModules } from "./circuitText.js";
import type { Circuit } from "./integerMachine.js";

interface Box {
  readonly name: string;
  readonly column: number;
  readonly sources: readonly number[];
  row: number;
}

/** Units of the drawing: a box, and the room beside it. */
const BOX = { width: 92, height: 26 };
const CELL = { width: 128, height: 40 };

/** Names that are too long for a box. */
const SHORT: Readonly<Record<string, string>> = {
  "LESS-THAN": "LESS",
  "LESS-OR-EQUAL-THAN": "LESS-EQ",
  "EQUALITY-TEST": "EQUAL",
};

/**
 * A circuit as SVG, after figure 4 of Kurach et al. 2016: registers on the left, the modules that matter in columns by
 * how much comes before them, and what registers become on the right. Of two wires into a module the first is dashed.
 */
export function circuitPicture(circuit: Circuit, label: string): string {
  const registers = circuit.registers.length;
  const boxes = new Map<number, Box>();
  const rows: number[] = [];
  const place = (source: number, name: string, column: number, sources: readonly number[]): void => {
    boxes.set(source, { name, column, sources, row: (rows[column] = (rows[column] ?? -1) + 1) });
  };
  for (let i = 0; i < registers; ++i) place(i, `r${i + 1}`, 0, []);
  for (const { source, name, sources } of liveModules(circuit)) {
    const column = 1 + Math.max(0, ...sources.map((each) => boxes.get(each)!.column));
    place(source, name, column, sources);
  }
  const last = rows.length;
  const ends = circuit.registers.map((source, i): Box => ({
    name: `r${i + 1}`,
    column: last,
    sources: [source],
    row: i,
  }));
  const all = [...boxes.values(), ...ends];
  const width = last * CELL.width + BOX.width + 4;
  const height = Math.max(...rows.map((row) => row + 1), registers) * CELL.height; // with the gap below the last row
  const x = ({ column }: Box): number => 2 + column * CELL.width;
  const y = ({ row }: Box): number => 2 + row * CELL.height;
  const wires = all.flatMap((box) =>
    box.sources.map((source, i) => {
      const from = boxes.get(source)!;
      const [x1, y1] = [x(from) + BOX.width, y(from) + BOX.height / 2];
      const share = box.sources.length === 1 ? 1 / 2 : (1 + i) / 3;
      const [x2, y2] = [x(box), y(box) + BOX.height * share];
      const kind = box.sources.length > 1 && i === 0 ? ' class="first"' : "";
      const isNear = box.column - from.column === 1;
      const gap = y(from) + BOX.height + 4 + 3 * (source % 3); // past boxes, between two rows
      const way = isNear
        ? `C${x1 + 18} ${y1} ${x2 - 18} ${y2} ${x2} ${y2}`
        : `C${x1 + 20} ${y1} ${x1 + 6} ${gap} ${x1 + 28} ${gap}H${x2 - 28}C${x2 - 6} ${gap} ${x2 - 20} ${y2} ${x2} ${y2}`;
      return `<path${kind} d="M${x1} ${y1}${way}"/>`;
    }),
  );
  const drawn = all.map((box) => {
    const kind =
      box.column === 0 || ends.includes(box) ? "register" : box.name.startsWith("WRITE") ? "write" : "module";
    const at = `x="${x(box)}" y="${y(box)}" width="${BOX.width}" height="${BOX.height}" rx="${kind === "register" ? 13 : 4}"`;
    const text = SHORT[box.name] ?? box.name;
    return `<g class="${kind}"><rect ${at}/><text x="${x(box) + BOX.width / 2}" y="${y(box) + BOX.height / 2}">${escape(text)}</text></g>`;
  });
  return `<svg class="circuit" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(label)}"><title>${escape(label)}</title><g class="wires">${wires.join("")}</g>${drawn.join("")}</svg>`;
}
