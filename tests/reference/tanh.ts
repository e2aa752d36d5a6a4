import type { NDArray } from "../support/array.js";

export const tanh = ([x]: readonly NDArray[]): NDArray[] => [{ shape: x!.shape, data: x!.data.map(Math.tanh) }];
