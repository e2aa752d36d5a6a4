import type { Engine } from "../bindings/core.js";
import type { Run } from "./perform.js";

/** What a page is made of. */
export interface Results {
  readonly runs: readonly Run[];
  /** The results of the page's own study, if it has one: docs/results/NAME.json. */
  readonly study?: unknown;
}

/** Lines of README between `<!-- BLOCK:begin -->` and `<!-- BLOCK:end -->`; pages may share a block. */
export interface ReadmePart {
  readonly block: string;
  /** The table's heading: of pages that share a block, the first one's. */
  readonly head?: readonly string[];
  /** Columns of text, which stand to the left. */
  readonly texts?: number;
  readonly rows?: (results: Results) => readonly (readonly string[])[];
  /** A paragraph behind the table. */
  readonly note?: (results: Results) => string;
}

export interface StudyOptions {
  /** A few steps of one seed, to see that all of it works. */
  readonly quick: boolean;
  /** As the results name it. */
  readonly machine: string;
  readonly report: (line: string) => void;
}

/** A page of results, docs/results/NAME.md, and what README has of it. */
export interface Page {
  readonly text: (results: Results) => string;
  readonly readme?: ReadmePart;
  /** Training that is no suite of experiments. Returns JSON, which `text` gets as `study`. */
  readonly study?: (engine: Engine, options: StudyOptions) => Promise<unknown>;
}
