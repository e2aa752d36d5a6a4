import type { Values } from "../runtime/sequences.js";
import { heat, line, sizeOf, type About, type Group, type Plot, type Section, type SeriesOf } from "./plot.js";

/** Traced values that the section below knows what to do with, besides what was read. */
export const STORED = /^(push|pop|pushed|strengths|weights|stored|taken)$/;

/** Whether a model pushes vectors with strengths. */
const isStoring = (series: SeriesOf): boolean =>
  ["push", "pop", "pushed", "strengths", "weights", "read"].every((name) => series.has(name));

/**
 * Strengths and weights by the step that pushed a row, from the bottom, or from the front, up: a row of a picture is a
 * vector for as long as it is there. Traced are rows that begin with the newest of their end, (time, …, ends, slots).
 */
export function storedSeries(series: SeriesOf): [name: string, values: Values][] {
  if (!isStoring(series)) return [];
  return [
    ["stored", byPush(series.get("strengths")!)],
    ["taken", byPush(series.get("weights")!)],
  ];
}

function byPush({ data, shape }: Values): Values {
  const [time, ends] = [shape[0]!, shape.at(-2)!];
  const slots = shape.at(-1)!;
  const lists = data.length / slots;
  const sides = lists / time / ends;
  const rows = ends * time;
  const moved = new Float32Array(time * sides * rows);
  for (let list = 0; list < lists; ++list) {
    const [step, side, end] = [Math.floor(list / (sides * ends)), Math.floor(list / ends) % sides, list % ends];
    for (let age = 0; age <= step && age < slots; ++age) {
      const pushed = step - age;
      // A deque's bottom end is upside down: what is pushed there comes below all others.
      const row = ends === 1 ? pushed : end ? time + pushed : time - 1 - pushed;
      moved[(step * sides + side) * rows + row] = data[list * slots + age]!;
    }
  }
  return { data: moved, shape: [time, sides, rows] };
}

/** What was pushed and popped, with the strength to which every vector was there, and how much of it was read. */
export function storing(series: SeriesOf, { rows: names }: Pick<About, "rows">): Section {
  if (!isStoring(series)) return { title: "The memory", groups: [] };
  const ends = sizeOf(series.get("push")!);
  const stored = series.get("stored")!;
  const [, , rows] = stored.shape as [number, number, number];
  const named = names["stored"] ? { names: names["stored"] } : {};
  const common = { row: "vector", stacked: true, most: 1, rows, ...named };
  const sides = ends === 1 ? [""] : [" at the bottom", " at the top"];
  const memory: Plot[] = [
    heat(series, "stored", {
      ...common,
      title: "Strengths",
      note: ends === 1 ? "of what was pushed, the first at the bottom" : "of what was pushed at either end",
    }),
    ...sides.map((side, i) =>
      heat(series, "taken", { ...common, title: `Read${side}`, note: "how much of each", from: i * rows }),
    ),
  ];
  const moves = sides.map((side, i): Group => {
    const part = (name: string): { from: number; rows: number } => {
      const rows = sizeOf(series.get(name)!) / ends;
      return { from: i * rows, rows };
    };
    return {
      ...(side && { title: side === " at the top" ? "Top" : "Bottom" }),
      plots: [
        line(series, "push", { title: "Push d", note: "strength of the new vector", from: i }),
        line(series, "pop", { title: "Pop u", note: "strength taken away", from: i }),
        heat(series, "pushed", { title: "Value v", row: "number", ...part("pushed") }),
        heat(series, "read", { title: "Read r", row: "number", ...part("read") }),
      ],
    };
  });
  return { title: "The memory", groups: [{ plots: memory }, ...moves] };
}
