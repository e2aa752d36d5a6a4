import { listed } from "./listed.js";
import type { Mutant } from "./mutant.js";

/** All mutants. */
export const mutants: readonly Mutant[] = [...listed];
