/** Series of a page as text: what comes back, and how little room it takes. */
import fc from "./support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { pack, unpack } from "../bindings/trace/pack.js";

const packing = suite("trace: packed numbers");
const numbers = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 });
for (const changes of [false, true]) {
  packing(`come back to half a step${changes ? ", as changes too" : ""}`, () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0), numbers), { minLength: 1, maxLength: 60 }), (values) => {
        const data = Float32Array.from([...values, ...values, ...values.map((value) => value / 3)]);
        const packed = pack({ data, shape: [3, values.length] }, { changes });
        unpack(packed).forEach((value, i) => assert.ok(Math.abs(value - data[i]!) <= packed.step * 0.5001, `${i}`));
      }),
    );
  });
}

packing("take next to no room where nothing is, or nothing changes", () => {
  const still = {
    data: new Float32Array(100 * 128).map((_, i) => Math.fround(((i % 128) + 1) / 128)),
    shape: [100, 128],
  };
  assert.ok(pack({ data: new Float32Array(100 * 128), shape: [100, 128] }).text.length < 10);
  assert.ok(pack(still, { changes: true }).text.length < 600);
});
packing("of nothing but zeros are zeros, on a step that is a number", () => {
  for (const changes of [false, true]) {
    const packed = pack({ data: new Float32Array(12), shape: [3, 4] }, { changes });
    assert.is(packed.step, 1);
    assert.equal([...unpack(packed)], Array<number>(12).fill(0));
  }
});
packing.run();
