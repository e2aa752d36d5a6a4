import tf from "@tensorflow/tfjs";
import { array } from "../support/array.js";
import { ofEachWidth } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";

export default defineOpTest({
  reference: ([x]) => [array(x.shape, x.data)],
  cases: ofEachWidth(3),
  peer: ([x]) => tf.clone(x),
});
