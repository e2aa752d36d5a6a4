import tf from "@tensorflow/tfjs";
import { around, array, type NDArray } from "../support/array.js";
import { widths } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference([x]: readonly NDArray[], { axis = -1, begin = 0, end }: { axis?: number; begin?: number; end?: number }) {
    const at = axis < 0 ? axis + x.shape.length : axis;
    const [, length, inner] = around(x.shape, at);
    const last = end ?? length;
    const taken = x.data.filter((_, i) => {
      const k = Math.floor(i / inner) % length;
      return begin <= k && k < last;
    });
    return [array(x.shape.with(at, last - begin), taken)];
  },
  cases: [
    ...widths.map((width) => ({ shapes: [[3, width + 4]], attributes: { begin: 3, end: width + 3 } })),
    ...widths.map((width) => ({ shapes: [[2, 3, width]], attributes: { axis: -2, begin: 1, end: 3 } })),
    { shapes: [[4, 3]], attributes: { axis: 0, end: 2 } },
    { shapes: [[4, 3]], attributes: { begin: 1 } },
  ],
  peer([x], { axis = -1, begin = 0, end }) {
    const at = axis < 0 ? axis + x.rank : axis;
    const first = x.shape.map((_, i) => (i === at ? begin : 0));
    return tf.slice(x, first, x.shape.with(at, (end ?? x.shape[at]!) - begin));
  },
});
