import { array, type NDArray } from "../support/array.js";

export const identity = ([x]: readonly NDArray[]): NDArray[] => [array(x!.shape, x!.data)];
