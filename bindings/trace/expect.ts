import { ShapeError } from "../graph/shapeError.js";
import { shown } from "../common/shown.js";

/** Weights are rounded. */
const ROUNDING = 1e-3;

/** @throws TypeError unless each is an array of strings. */
export function expectLabels(owner: string, lists: Readonly<Record<string, unknown>>): void {
  for (const [name, labels] of Object.entries(lists)) {
    if (Array.isArray(labels) && labels.every((label) => typeof label === "string")) continue;
    throw new TypeError(`${owner}: ${name} are ${shown(labels)}, and must be an array of strings`);
  }
}

/** @throws ShapeError unless there are so many rows of such a size. */
export function expectRows(
  owner: string,
  name: string,
  rows: readonly ArrayLike<unknown>[],
  count: number,
  size: number,
): void {
  const wanted = `(${count}, ${size})`;
  const wrong = rows.length === count ? rows.find(({ length }) => length !== size) : rows;
  if (!wrong) return;
  const actual = wrong === rows ? `${rows.length} rows` : `a row of ${wrong.length}`;
  throw new ShapeError(`${owner}: ${name} have ${actual}, and must be ${wanted}`, owner, wanted, actual);
}

/** @throws RangeError unless all are from 0 to 1. */
export function expectUnit(owner: string, what: string, values: ArrayLike<number>): void {
  const wrong = Array.from(values).find((value) => !(value >= -ROUNDING && value <= 1 + ROUNDING));
  if (wrong !== undefined) throw new RangeError(`${owner}: ${what} is ${wrong}, and must be from 0 to 1`);
}
