import type { NDArray } from "../support/array.js";

export const log = ([x]: readonly NDArray[]): NDArray[] => [{ shape: x!.shape, data: x!.data.map(Math.log) }];
