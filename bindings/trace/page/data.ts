import type { Packed } from "../pack.js";
import type { Plot } from "../plot.js";
import type { Slots } from "../plots.js";

/** What a page's script is given. */
export interface PageData {
  readonly steps: number;
  readonly series: Readonly<Record<string, Packed>>;
  /** In the order of the pictures. */
  readonly plots: readonly Plot[];
  /** (steps): 1 where an answer is due. */
  readonly due: readonly number[];
  /** Every step in words. */
  readonly words: readonly string[];
  /** The slots that are shown first. */
  readonly slots?: Slots;
}
