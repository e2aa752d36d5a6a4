import { MOST_SIDE } from "../../bindings/systems/showAttendTell/scatteredDigits.js";
import type { TaskView } from "./view.js";

/**
 * Pixels of digits that are as high as learned ones. Of test digits that are made smaller, 97% of the answers are right where
 * the highest of a picture has 16 pixels on average, 85% where it has 14, and half where it has 10.
 */
const MARKS = { least: 16, most: MOST_SIDE };

export const scatteredDigits = {
  task: "scattered-digits",
  looking: {
    fitting: { keepsSmall: true, isLightOnDark: true, marks: MARKS },
    // Each digit is one mark at most, and whatever else stands apart was passed over.
    doubtOf(symbols, { doubt, apart = 0 }, options) {
      if (!symbols.length) return "it sees no digits";
      if (doubt) return doubt;
      const { maxDigits } = options as { readonly maxDigits: number };
      const seen = `it sees "${symbols.join(" ")}"`;
      if (symbols.length >= maxDigits)
        return `${seen}, and what has ${maxDigits} digits may have more: cut it between two`;
      return apart > symbols.length ? `${seen}, and ${apart} marks stand apart: leave out what is no digit` : undefined;
    },
  },
} satisfies TaskView;
