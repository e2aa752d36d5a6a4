import type { NDArray } from "../support/array.js";
import { softmax } from "./softmax.js";

export const logSoftmax = (inputs: readonly NDArray[]): NDArray[] =>
  softmax(inputs).map(({ shape, data }) => ({ shape, data: data.map(Math.log) }));
