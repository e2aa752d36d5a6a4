import tf from "@tensorflow/tfjs";
import { ofEachWidth } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import softmax from "./softmax.js";

export default defineOpTest({
  reference: (inputs) => softmax.reference(inputs).map(({ shape, data }) => ({ shape, data: data.map(Math.log) })),
  cases: [...ofEachWidth(1), ...ofEachWidth(5), { shapes: [[3, 17]], low: -60, high: 60 }],
  peer: ([x]) => tf.logSoftmax(x),
});
