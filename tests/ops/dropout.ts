import type { Random } from "../../bindings/common/random/philox.js";
import { uniform, type NDArray } from "../support/array.js";
import { streamOf } from "../support/cases.js";
import { defineOpTest } from "../support/opTest.js";
import uniforms from "./uniform.js";

export default defineOpTest({
  reference([x, stream]: readonly NDArray[], { rate }: { rate: number }) {
    const [u] = uniforms.reference([stream], { shape: x.shape });
    return [{ shape: x.shape, data: x.data.map((v, i) => (u.data[i] < rate ? 0 : v / (1 - rate))) }];
  },
  cases: [0, 0.25, 0.5].flatMap((rate) =>
    [1, 4, 7, 67].map((width) => ({
      shapes: [[3, width], [4]],
      attributes: { rate },
      inputs: (random: Random) => [uniform(random, [3, width]), streamOf(5, 2, 8)],
      constant: [1],
    })),
  ),
  peer: "tfjs has none: other random numbers",
});
