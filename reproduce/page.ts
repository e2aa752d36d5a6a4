import type { Engine } from "../bindings/core.js";
import type { Run } from "./run.js";

/** What a page is made of. */
export interface Results {
  readonly runs: readonly Run[];
  /** The results of the page's own study, if it has one: docs/results/NAME.json. */
  readonly study?: unknown;
}

/** A page's section in the index of results: a table, then a paragraph. */
export interface Summary {
  /** The table's heading. */
  readonly head?: readonly string[];
  /** Columns of text, which stand to the left. */
  readonly texts?: number;
  readonly rows?: (results: Results) => readonly (readonly string[])[];
  readonly note?: (results: Results) => string;
}

/** A system's row in README's table. */
export interface SystemRow {
  /** The model's class. */
  readonly model: string;
  /** The address of its paper. */
  readonly paper: string;
  /** The tasks that it learns, in a few words. */
  readonly learns: string;
  /** The measured values that say how well. */
  readonly measured: string;
}

export interface StudyOptions {
  /** A few steps of one seed, to see that all of it works. */
  readonly quick: boolean;
  /** As the results name it. */
  readonly machine: string;
  readonly report: (line: string) => void;
}

/** A page of results, docs/results/NAME.md, with its section in the index and its rows in README's table of systems. */
export interface Page {
  /** Markdown, whose first line is the title. */
  readonly text: (results: Results) => string;
  readonly summary: Summary;
  /** Pictures that the page shows, by the names of their files, which are beside it: SVG. */
  readonly figures?: (results: Results) => Readonly<Record<string, string>>;
  readonly systems?: (results: Results) => readonly SystemRow[];
  /** What is measured beside experiments. Returns JSON, which `text` gets as `study`; undefined where its data are missing. */
  readonly study?: (engine: Engine, options: StudyOptions) => Promise<unknown>;
}
