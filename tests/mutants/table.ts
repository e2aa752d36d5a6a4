import { listed } from "./listed.js";
import type { Mutant } from "./mutant.js";
import { own } from "./own.js";

/** All mutants. */
export const mutants: readonly Mutant[] = [...listed, ...own];
