/** What a page shows of a stack, queue or deque: every vector in a row of its own, for as long as it is there. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Values } from "../bindings/runtime/sequences.js";
import { storedSeries, storing } from "../bindings/trace/storing.js";

const values = (shape: readonly number[], data: readonly number[]): Values => ({
  shape,
  data: Float32Array.from(data),
});

/** Series of a run, whose strengths are those, and whose weights are a tenth of them at each side. */
function seriesOf(ends: number, strengths: readonly (readonly (readonly number[])[])[]): Map<string, Values> {
  const time = strengths.length;
  const rows = [time, ends, time];
  const weights = strengths.flatMap((step) => Array.from({ length: ends }, () => step.flat().map((s) => s / 8)).flat());
  return new Map([
    ["push", values([time, ends], new Array<number>(time * ends).fill(0.5))],
    ["pop", values([time, ends], new Array<number>(time * ends).fill(0.25))],
    ["pushed", values([time, ends, 2], new Array<number>(time * ends * 2).fill(1))],
    ["read", values([time, ends * 2], new Array<number>(time * ends * 2).fill(1))],
    ["strengths", values(rows, strengths.flat(2))],
    ["weights", values([time, ends, ends, time], weights)],
  ]);
}

const stored = suite("trace: stored vectors");
stored("rows of a stack stand where they were pushed, the first at the bottom", () => {
  const series = seriesOf(1, [[[0.5, 0, 0]], [[0.25, 0.5, 0]], [[0.125, 0, 0.5]]]);
  const [[name, { shape, data }], [other, taken]] = storedSeries(series) as [[string, Values], [string, Values]];
  assert.equal([name, other], ["stored", "taken"]);
  assert.equal(
    [shape, taken.shape],
    [
      [3, 1, 3],
      [3, 1, 3],
    ],
  );
  assert.equal([...data], [0.5, 0, 0, 0.5, 0.25, 0, 0.5, 0, 0.125]);
  assert.equal(
    [...taken.data],
    [...data].map((strength) => strength / 8),
  );
});

stored("those of a deque stand above the first one where they came in at the top, and below it at the bottom", () => {
  const series = seriesOf(2, [
    [
      [0.5, 0],
      [0.25, 0],
    ],
    [
      [0.125, 0.5],
      [0.75, 0.25],
    ],
  ]);
  const [[, { shape, data }], [, taken]] = storedSeries(series) as [[string, Values], [string, Values]];
  assert.equal(shape, [2, 1, 4]);
  assert.equal([...data], [0, 0.5, 0.25, 0, 0.125, 0.5, 0.25, 0.75]);
  assert.equal(taken.shape, [2, 2, 4], "each side reads");
  assert.equal(
    [...taken.data.slice(8, 12)],
    [...data.slice(4)].map((strength) => strength / 8),
  );
  for (const [name, values] of storedSeries(series)) series.set(name, values);
  const { groups } = storing(series, { rows: {} });
  assert.equal(
    groups.map(({ title, plots }) => [title, plots.map((plot) => plot.title)]),
    [
      [undefined, ["Strengths", "Read at the bottom", "Read at the top"]],
      ["Bottom", ["Push d", "Pop u", "Value v", "Read r"]],
      ["Top", ["Push d", "Pop u", "Value v", "Read r"]],
    ],
  );
});

stored("of a model that stores nothing there is nothing to show", () => {
  const series = new Map([["strengths", values([1, 1, 1], [1])]]);
  assert.equal(storedSeries(series), []);
  assert.equal(storing(series, { rows: {} }).groups, []);
});
stored.run();
