import type { Initializer } from "../graph/parameter.js";

/** Fills with zeros. */
export const zeros: Initializer = (values) => void values.fill(0);

/** Uniform in [−limit, limit). */
export const uniform =
  (limit: number): Initializer =>
  (values, random) => {
    for (let i = 0; i < values.length; ++i) values[i] = random.uniform(-limit, limit);
  };

/**
 * Uniform with variance 2 / (inputs + outputs), for weights of shape (inputs, outputs).
 * Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks", eq 16.
 */
export const glorot =
  (gain = 1): Initializer =>
  (values, random, shape) => {
    const [inputs, outputs] = shape as [number, number];
    uniform(gain * Math.sqrt(6 / (inputs + outputs)))(values, random, shape);
  };
