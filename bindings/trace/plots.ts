import { heat, line, named, sizeOf, isSigned, type About, type Plot, type Section, type SeriesOf } from "./plot.js";
import { STORED, storing } from "./storing.js";

interface Head {
  readonly kind: "write" | "read";
  readonly index: number;
  readonly name: string;
}

/** Every head of a machine, those that write first, as they do. */
function headsOf(series: SeriesOf): Head[] {
  return (["write", "read"] as const).flatMap((kind) => {
    const count = series.get(`${kind}Weights`)?.shape[1] ?? 0;
    const name = (index: number): string =>
      `${kind === "write" ? "Write" : "Read"} head${count > 1 ? ` ${index + 1}` : ""}`;
    return Array.from({ length: count }, (_, index) => ({ kind, index, name: name(index) }));
  });
}

/** Part of a head's in a series of all heads. */
function ofHead(series: SeriesOf, name: string, { index }: Head): { from: number; rows: number } {
  const rows = sizeOf(series.get(name)!) / series.get(name)!.shape[1]!;
  return { from: index * rows, rows };
}

/** Traced values of a machine that writes programs. */
const PROGRAM = {
  operations: "Operations",
  operators: "Operators",
  first: "First argument",
  second: "Second argument",
  columns: "Columns",
} as const;

/** Traced values that a section below knows what to do with. */
const KNOWN =
  /^(read|write)(Weights|Key|Shift|Strength|Gate|Gamma)$|^(memory|read|erase|add|hidden|ponder|remainder|halting|operation|arguments)$/;

/** Numbers of a step above which a value that nobody knows is left out. */
const MOST_ROWS = 1024;

/** Sections in the order of a page; those that a model has nothing for are left out. */
export function sectionsOf(series: SeriesOf, about: About): Section[] {
  const sections = [
    answers(series, about),
    programs(series, about),
    storing(series, about),
    pondering(series),
    weightings(series),
    gates(series),
    vectors(series),
    rest(series, about),
  ];
  return sections
    .map(({ title, groups }) => ({ title, groups: groups.filter(({ plots }) => plots.length) }))
    .filter(({ groups }) => groups.length);
}

function answers(series: SeriesOf, { wrong, hasDue: due, areNumbers, rows }: About): Section {
  const plots: Plot[] = [heat(series, "inputs", { title: "Inputs", row: "channel", ...named(rows, "inputs") })];
  if (series.has("targets"))
    plots.push(heat(series, "targets", { title: "Targets", row: "output", due, note: "what is wanted" }));
  plots.push(
    heat(series, "outputs", {
      title: "Outputs",
      row: "output",
      due,
      ...(!areNumbers && { note: "as probabilities" }),
      ...(wrong && { wrong }),
    }),
  );
  return { title: "Inputs and outputs", groups: [{ plots }] };
}

/** What a machine does that writes programs: a row an operation, and where it takes its values from. */
function programs(series: SeriesOf, { rows }: About): Section {
  const plots = Object.entries(PROGRAM).flatMap(([name, title]) =>
    series.has(name) ? [heat(series, name, { title, row: "choice", ...named(rows, name) })] : [],
  );
  return { title: "The program", groups: [{ plots }] };
}

function pondering(series: SeriesOf): Section {
  const plots: Plot[] = [];
  const halting = series.get("halting");
  if (halting) {
    // Nobody needs to see the steps that were never taken.
    const limit = sizeOf(halting);
    const rows = halting.data.reduce((most, p, i) => (p > 0 ? Math.max(most, (i % limit) + 1) : most), 1);
    const note = "shaded by halting weight";
    plots.push(
      heat(series, "halting", { title: "Ponder steps", row: "ponder step", rows, most: 1, stacked: true, note }),
    );
  }
  if (series.has("ponder")) plots.push(line(series, "ponder", { title: "Ponder" }));
  if (series.has("remainder")) plots.push(line(series, "remainder", { title: "Remainder" }));
  return { title: "Pondering", groups: [{ plots }] };
}

function weightings(series: SeriesOf): Section {
  const plots = headsOf(series).map((head) => {
    const name = `${head.kind}Weights`;
    return heat(series, name, { ...ofHead(series, name, head), title: head.name, row: "slot", slots: true, most: 1 });
  });
  return { title: "Where the heads were", groups: [{ plots }] };
}

function gates(series: SeriesOf): Section {
  const groups = headsOf(series).map((head) => {
    const plots: Plot[] = [];
    const scalar = (name: string, title: string, note?: string): void => {
      const all = head.kind + name;
      if (series.has(all)) plots.push(line(series, all, { title, from: head.index, ...(note && { note }) }));
    };
    scalar("Gate", "Gate g", "1 by content, 0 from the last place");
    scalar("Strength", "Key strength β");
    const shift = `${head.kind}Shift`;
    if (series.has(shift)) {
      const { from, rows } = ofHead(series, shift, head);
      const reach = (rows - 1) / 2;
      const names = Array.from({ length: rows }, (_, i) => signed(i - reach));
      plots.push(heat(series, shift, { title: "Shift s", row: "shift by", from, rows, names, most: 1 }));
    }
    scalar("Gamma", "Sharpening γ");
    return { title: head.name, plots };
  });
  return { title: "How they moved", groups };
}

function vectors(series: SeriesOf): Section {
  const groups = headsOf(series).map((head) => {
    const plots: Plot[] = [];
    const add = (name: string, title: string): void => {
      if (!series.has(name)) return;
      plots.push(heat(series, name, { ...ofHead(series, name, head), title, row: "number" }));
    };
    add(`${head.kind}Key`, "Key k");
    if (head.kind === "write") {
      add("erase", "Erase e");
      add("add", "Add a");
    } else if (series.has("read")) {
      const rows = sizeOf(series.get("read")!) / series.get("readWeights")!.shape[1]!;
      plots.push(heat(series, "read", { title: "Read r", row: "number", from: head.index * rows, rows }));
    }
    return { title: head.name, plots };
  });
  return { title: "What they carried", groups };
}

/** Hidden units, and whatever else was traced. */
function rest(series: SeriesOf, { rows: names }: About): Section {
  const plots: Plot[] = [];
  if (series.has("hidden")) plots.push(heat(series, "hidden", { title: "Hidden units", row: "unit" }));
  for (const [name, values] of series) {
    if (
      KNOWN.test(name) ||
      (series.has("stored") && STORED.test(name)) ||
      name in PROGRAM ||
      ["inputs", "targets", "outputs"].includes(name)
    )
      continue;
    const rows = sizeOf(values);
    if (rows === 1 && !isSigned(values)) plots.push(line(series, name, { title: name }));
    else if (rows <= MOST_ROWS) plots.push(heat(series, name, { title: name, row: "number", ...named(names, name) }));
  }
  return { title: "Inside the network", groups: [{ plots }] };
}

const signed = (value: number): string => (value > 0 ? `+${value}` : value < 0 ? `−${-value}` : "0");

/** Slots that some head gave more weight than this at some step are in use. */
const NOTICEABLE = 0.02;

/** Slots that follow each other; behind the last comes the first. */
export interface Slots {
  readonly first: number;
  readonly count: number;
}

/** The slots to look at: the shortest arc with all that are in use, and one on each side; all, if that is most of them. */
export function slotsInUse(series: SeriesOf, slots: number): Slots {
  const isUsed = new Uint8Array(slots);
  for (const name of ["readWeights", "writeWeights"]) {
    series.get(name)?.data.forEach((weight, i) => (isUsed[i % slots] ||= Number(weight >= NOTICEABLE)));
  }
  let longest = { end: 0, count: 0 };
  for (let i = 0, count = 0; i < 2 * slots; ++i) {
    count = isUsed[i % slots] ? 0 : count + 1;
    if (count > longest.count) longest = { end: i, count };
  }
  const count = slots - longest.count + 2;
  return count > 0.8 * slots || longest.count >= slots
    ? { first: 0, count: slots }
    : { first: longest.end % slots, count };
}
