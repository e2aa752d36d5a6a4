/** A table in Markdown, its numbers to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], { texts = 1 } = {}): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, column) => (column < texts ? "---" : "---:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

export const count = (value: number): string => value.toLocaleString("en-US");

/** Three digits that tell something. */
export const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);

export const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;

/** "90 s", "12 min". */
export const time = (seconds: number): string =>
  seconds < 120 ? `${seconds.toFixed(0)} s` : `${(seconds / 60).toFixed(0)} min`;

/** Of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Runs of one experiment, by seed. */
export function bySeed<R extends { readonly experiment: string; readonly seed: number }>(
  runs: readonly R[],
  experiment: string,
): R[] {
  return runs.filter((run) => run.experiment === experiment).sort((a, b) => a.seed - b.seed);
}
