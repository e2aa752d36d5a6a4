const MINUS = "−";

/** Three digits, or all before the point: "0.0123", "4.57", "12,346", "1.2e-7". */
export function digits(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) {
    const [mantissa, exponent] = value.toExponential(2).split("e") as [string, string];
    return `${Number(mantissa)}e${Number(exponent)}`.replaceAll("-", MINUS);
  }
  const rounded = size >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString("en-US", { maximumFractionDigits: 8 }).replace("-", MINUS);
}

/** Whole percents; all and none are said of nothing else. */
export function percent(share: number): string {
  const rounded = Math.round(100 * share);
  if (rounded === 0 && share > 0) return "<1%";
  if (rounded === 100 && share < 1) return ">99%";
  return `${rounded}%`;
}

/** "70–97%". */
export const percents = ({ low, high }: { low: number; high: number }): string =>
  `${percent(low).replace("%", "")}–${percent(high)}`;

/** "0.012–0.034". */
export const between = (low: number, high: number): string => `${digits(low)}–${digits(high)}`;
