/** Runs of so many symbols that sources have. Plain JSON, for a file's metadata. */
export interface Runs {
  readonly length: number;
  /** Symbols of each, with a mark between; BEGIN and END stand for what is around a source. */
  readonly seen: readonly string[];
}

const BETWEEN = "\u001f";
const BEGIN = "\u0002";
const END = "\u0003";

/** Lengths of runs, the most telling first. */
const LENGTHS = [5, 4, 3, 2];
/** Runs in a file, at most. */
const MOST_RUNS = 5000;
/** The part of the development sources that may have a run which no training source has. */
const STRANGE = 0.003;

/**
 * The longest runs that are a closed list: such that nearly no development source has one which no training source has,
 * so that a source with another is of another kind. Undefined where no length is.
 */
export function closedRuns(
  training: readonly (readonly string[])[],
  development: readonly (readonly string[])[],
): Runs | undefined {
  for (const length of LENGTHS) {
    const seen = new Set<string>();
    for (const symbols of training) {
      for (const run of runsOf(symbols, length)) seen.add(run);
      if (seen.size > MOST_RUNS) break;
    }
    if (seen.size > MOST_RUNS) continue;
    const strange = development.filter((symbols) => runsOf(symbols, length).some((run) => !seen.has(run)));
    if (strange.length <= STRANGE * development.length) return { length, seen: [...seen] };
  }
  return undefined;
}

/** The first run of a source that none of those has which were learned, as text; undefined where there is none. */
export function strangeRun({ length, seen }: Runs, symbols: readonly string[], separator: string): string | undefined {
  const known = new Set(seen);
  const strange = runsOf(symbols, length).find((run) => !known.has(run));
  return strange
    ?.split(BETWEEN)
    .filter((symbol) => symbol !== BEGIN && symbol !== END)
    .join(separator)
    .trim();
}

function runsOf(symbols: readonly string[], length: number): string[] {
  const whole = [BEGIN, ...symbols, END];
  const size = Math.min(length, whole.length);
  return Array.from({ length: whole.length - size + 1 }, (_, i) => whole.slice(i, i + size).join(BETWEEN));
}

/** Whether JSON is what `closedRuns` makes. */
export function areRuns(read: unknown): read is Runs {
  const { length, seen } = (read ?? {}) as Partial<Record<keyof Runs, unknown>>;
  return LENGTHS.includes(length as number) && Array.isArray(seen) && seen.every((run) => typeof run === "string");
}
