import type { Values } from "../runtime/sequences.js";
import type { Cell } from "./answers.js";

/** A matrix over time: a cell for each number of a step. */
export interface HeatPlot {
  readonly kind: "heat";
  readonly title: string;
  readonly note?: string;
  readonly series: string;
  /** First number of a step that it shows, and how many. */
  readonly from: number;
  readonly rows: number;
  /** What a row is: "slot 3". */
  readonly row: string;
  /** Names of rows, where numbers do not do. */
  readonly names?: readonly string[];
  /** Values go from 0, or from −most, to most. */
  readonly signed: boolean;
  readonly most: number;
  /** Rows are slots of the memory, of which only some may be shown. */
  readonly slots?: boolean;
  /** Blank at steps where no answer is due. */
  readonly due?: boolean;
  /** Row 0 is at the bottom, and what is 0 is blank. */
  readonly stacked?: boolean;
  readonly wrong?: readonly Cell[];
}

/** One number a step, from 0 to most. */
export interface LinePlot {
  readonly kind: "line";
  readonly title: string;
  readonly note?: string;
  readonly series: string;
  readonly from: number;
  readonly most: number;
}

export type Plot = HeatPlot | LinePlot;

/** Plots that belong together under a line of their own. */
export interface Group {
  readonly title?: string;
  readonly plots: readonly Plot[];
}

export interface Section {
  readonly title: string;
  readonly groups: readonly Group[];
}

/** All that a page draws, by name: (time, …). */
export type SeriesOf = ReadonlyMap<string, Values>;

/** Numbers of a step. */
export const sizeOf = ({ shape }: Values): number => shape.slice(1).reduce((a, b) => a * b, 1);

export const mostOf = ({ data }: Values): number =>
  data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;

export const isSigned = ({ data }: Values): boolean => data.some((value) => value < 0);

/** A plot of all numbers of a step, on the scale that they need. */
export function heat(
  series: SeriesOf,
  name: string,
  rest: Pick<HeatPlot, "title" | "row"> & Partial<HeatPlot>,
): HeatPlot {
  const values = series.get(name)!;
  const fits = !isSigned(values) && mostOf(values) <= 1;
  return {
    kind: "heat",
    series: name,
    from: 0,
    rows: sizeOf(values),
    signed: isSigned(values),
    most: fits ? 1 : mostOf(values),
    ...rest,
  };
}

/** A plot of one number of a step. */
export function line(series: SeriesOf, name: string, rest: Pick<LinePlot, "title"> & Partial<LinePlot>): LinePlot {
  const { from = 0 } = rest;
  const values = series.get(name)!;
  const size = sizeOf(values);
  let most = 0;
  for (let i = from; i < values.data.length; i += size) most = Math.max(most, values.data[i]!);
  return { kind: "line", series: name, from, most: most <= 1 ? 1 : most, ...rest };
}

/** What there is to know of the series. */
export interface About {
  readonly wrong: readonly Cell[] | undefined;
  readonly hasDue: boolean;
  /** Outputs are numbers, and no probabilities. */
  readonly areNumbers: boolean;
  /** Names of a series' numbers, from the top. */
  readonly rows: Readonly<Record<string, readonly string[]>>;
}

/** Names of a series' numbers, for a plot of it. */
export const named = (rows: About["rows"], name: string): { names?: readonly string[] } =>
  rows[name] ? { names: rows[name] } : {};
