import { normal } from "../../common/random/normal.js";
import type { Initializer } from "../../graph/parameter.js";

/** Standard deviation of all parameters at the start. Zaremba & Sutskever 2015, section 6. */
const DEVIATION = 0.1;

/** From the normal distribution of mean 0 and standard deviation 0.1. */
export const gaussian: Initializer = (values, random) => {
  for (let i = 0; i < values.length; ++i) values[i] = DEVIATION * normal(random);
};
