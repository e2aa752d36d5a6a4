/** What the addressing mechanism promises whatever the numbers. Graves, Wayne & Danihelka 2014, section 3. */
import fc from "./support/properties.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { AnyDefinition } from "../bindings/graph/op.js";
import {
  circularConvolution,
  contentSimilarity,
  eraseAdd,
  interpolate,
  sharpen,
  weightedRead,
} from "../bindings/graph/ops/index.js";
import { Random } from "../bindings/common/random/philox.js";
import { array, uniform, weighting, zeros, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { KernelRun } from "./support/kernel.js";

const engine = await testEngine();

/** Output of an op, and gradients by its inputs where an output's gradient is given. */
function run(
  { definition }: { definition: AnyDefinition },
  inputs: readonly NDArray[],
  attributes?: unknown,
  dy?: NDArray,
): NDArray[] {
  const kernel = new KernelRun(engine, definition, inputs, attributes);
  const [y] = kernel.forward();
  const gradients = dy ? kernel.backward([dy]) : [];
  kernel.free();
  return [y!, ...gradients];
}

const holds = <T>(property: fc.IProperty<T>): void => fc.assert(property, { seed: 1410, numRuns: 60 });

/** One of 2²⁰ numbers from min to max: neither subnormal nor so near 0 that rounding decides. */
const number = (min: number, max: number): fc.Arbitrary<number> =>
  fc.nat(2 ** 20).map((n) => Math.fround(min + ((max - min) * n) / 2 ** 20));

/** Numbers of a shape. */
const values = (shape: readonly number[], min = -2, max = 2): fc.Arbitrary<NDArray> => {
  const length = shape.reduce((a, b) => a * b, 1);
  return fc.array(number(min, max), { minLength: length, maxLength: length }).map((data) => array(shape, data));
};

/** A weighting over that many slots, for one batch and one head. */
const weightingOf = (slots: number): fc.Arbitrary<NDArray> =>
  values([1, 1, slots], 0, 1)
    .filter(({ data }) => data.some((v) => v > 0.01))
    .map(({ shape, data }) => {
      const sum = data.reduce((a, b) => a + b);
      return array(
        shape,
        Array.from(data, (v) => Math.fround(v / sum)),
      );
    });

const slots = fc.integer({ min: 1, max: 40 });
const weightings = slots.chain(weightingOf);
const oneHot = (length: number, at: number): NDArray => {
  const weights = zeros([1, 1, length]);
  weights.data[at] = 1;
  return weights;
};
const row = (x: NDArray, r: number): number[] => {
  const cols = x.shape.at(-1)!;
  return [...x.data.subarray(r * cols, (r + 1) * cols)];
};
const isFinite = ({ data }: NDArray): boolean => data.every(Number.isFinite);

/** A memory (1, slots, width), and a slot of it. */
const memoryAndSlot = fc
  .record({ slots, width: fc.integer({ min: 1, max: 21 }) })
  .chain(({ slots, width }) => fc.tuple(values([1, slots, width]), fc.nat(slots - 1)));

const shift = suite("circular convolution");

shift("a one-hot shift rotates the weighting, bit for bit", () => {
  const size = fc.integer({ min: 0, max: 4 }).map((half) => 2 * half + 1);
  const cases = fc.tuple(weightings, size).chain(([w, n]) => fc.tuple(fc.constant(w), fc.constant(n), fc.nat(n - 1)));
  holds(
    fc.property(cases, ([w, size, at]) => {
      const n = w.data.length;
      const distance = at - (size - 1) / 2;
      const rotated = w.data.map((_, i) => w.data[(((i - distance) % n) + n) % n]!);
      assert.equal(run(circularConvolution, [w, oneHot(size, at)])[0]!.data, rotated);
    }),
  );
});

shift("without wrap, what leaves at an end is lost", () => {
  holds(
    fc.property(weightings, fc.nat(4), (w, at) => {
      const moved = w.data.map((_, i) => w.data[i - (at - 2)] ?? 0);
      assert.equal(run(circularConvolution, [w, oneHot(5, at)], { wrap: false })[0]!.data, moved);
    }),
  );
});

shift("three shifts in one pass are five shifts of which the outer two are 0, bit for bit", () => {
  const wholeVectors = fc.integer({ min: 1, max: 9 }).chain((n) => weightingOf(4 * n));
  holds(
    fc.property(wholeVectors, weightingOf(3), fc.boolean(), (w, s, wrap) => {
      const wide = array([1, 1, 5], [0, ...s.data, 0]);
      const [y, dw] = run(circularConvolution, [w, s], { wrap }, w);
      const [yWide, dwWide] = run(circularConvolution, [w, wide], { wrap }, w);
      assert.equal(y!.data, yWide!.data);
      assert.equal(dw!.data, dwWide!.data);
    }),
  );
});
shift.run();

const gate = suite("interpolation");

const twoWeightings = slots.chain((n) => fc.tuple(weightingOf(n), weightingOf(n)));

gate("gate 0 keeps the previous weighting, and gate 1 takes the content's, bit for bit", () => {
  holds(
    fc.property(twoWeightings, ([content, previous]) => {
      const mixed = (g: number): NDArray => run(interpolate, [array([1, 1], [g]), content, previous])[0]!;
      assert.equal(mixed(0).data, previous.data);
      assert.equal(mixed(1).data, content.data);
    }),
  );
});
gate.run();

const sharpening = suite("sharpening");

const sharpened = (w: NDArray, gamma: number): NDArray => run(sharpen, [w, array([1, 1], [gamma])])[0]!;

sharpening("a sharpened weighting sums to 1", () => {
  holds(
    fc.property(weightings, number(1, 1000), (w, gamma) => {
      const sum = sharpened(w, gamma).data.reduce((a, b) => a + b);
      assert.ok(Math.abs(sum - 1) < 1e-6, `sums to ${sum}`);
    }),
  );
});

sharpening("gamma 1 keeps a weighting", () => {
  holds(
    fc.property(weightings, (w) => {
      const sum = w.data.reduce((a, b) => a + b); // 1 but for rounding
      const expected = array(
        w.shape,
        Array.from(w.data, (v) => v / sum),
      );
      close(sharpened(w, 1), expected, { rtol: 4e-6, atol: 1e-7 }); // the logarithm of a small weight has a rounding of its own
    }),
  );
});

sharpening("a row of nothing but subnormal weights, whose quotients no f32 holds, is nearly 0, and has no NaN", () => {
  for (const largest of [0, 1e-45, 1e-40, 1.1e-38]) {
    for (const gamma of [1, 3]) {
      const w = array([1, 1, 7], [0, largest, largest / 2, 0, 0, largest, largest / 4]);
      const [y, ...gradients] = run(sharpen, [w, array([1, 1], [gamma])], {}, array([1, 1, 7], [1, 2, 3, 4, 5, 6, 7]));
      assert.ok(
        y!.data.every((value) => value >= 0 && value < 1e-20),
        `${largest}: ${y!.data.join()}`,
      );
      for (const { data } of gradients) assert.ok(data.every(Number.isFinite), `${largest}: ${data.join()}`);
    }
  }
});

sharpening("0 stays 0, and what is below 0 by rounding counts as 0", () => {
  holds(
    fc.property(weightings, number(1, 50), (w, gamma) => {
      const below = array([1, 1, w.data.length + 1], [-1e-9, ...w.data]);
      const zero = array([1, 1, w.data.length + 1], [0, ...w.data]);
      const y = sharpened(below, gamma);
      assert.is(y.data[0], 0);
      assert.equal(y.data, sharpened(zero, gamma).data);
    }),
  );
});

sharpening("a row of zeros, of tiny weights or with a large gamma has finite values and gradients", () => {
  for (const w of [zeros([1, 1, 7]), array([1, 1, 7], Array<number>(7).fill(1e-30)), oneHot(7, 2)]) {
    for (const gamma of [1, 1.5, 21, 1e4]) {
      const dy = array(w.shape, [1, -1, 2, 0.5, 0, 3, -2]);
      for (const values of run(sharpen, [w, array([1, 1], [gamma])], undefined, dy)) assert.ok(isFinite(values));
    }
  }
});

sharpening("a NaN makes its row NaN, and only that", () => {
  const w = array([1, 2, 5], [0.2, 0.2, NaN, 0.2, 0.2, 0.5, 0.1, 0.1, 0.1, 0.2]);
  const [y] = run(sharpen, [w, array([1, 2], [2, 2])]);
  assert.ok(row(y!, 0).every(Number.isNaN));
  assert.ok(row(y!, 1).every(Number.isFinite));
});
sharpening.run();

const access = suite("reading and writing");

access("a one-hot weighting reads its slot, bit for bit", () => {
  holds(
    fc.property(memoryAndSlot, ([memory, i]) => {
      const [read] = run(weightedRead, [memory, oneHot(memory.shape[1]!, i)]);
      assert.equal([...read!.data], row(memory, i));
    }),
  );
});

access("erase 1 under a one-hot weighting replaces its slot and leaves the others, bit for bit", () => {
  const withAdd = memoryAndSlot.chain(([memory, i]) =>
    fc.tuple(fc.constant(memory), fc.constant(i), values([1, 1, memory.shape[2]!])),
  );
  holds(
    fc.property(withAdd, ([memory, i, add]) => {
      const erase = array(add.shape, new Float64Array(add.data.length).fill(1));
      const [next] = run(eraseAdd, [memory, oneHot(memory.shape[1]!, i), erase, add]);
      for (let r = 0; r < memory.shape[1]!; ++r) assert.equal(row(next!, r), r === i ? [...add.data] : row(memory, r));
    }),
  );
});

access("a head that points nowhere changes neither memory nor gradients, bit for bit", () => {
  const writing = memoryAndSlot.chain(([memory]) => {
    const [, slots, width] = memory.shape as [number, number, number];
    const vectors = values([1, 2, width], 0, 1);
    return fc.tuple(fc.constant(memory), weightingOf(slots), vectors, vectors, values(memory.shape));
  });
  holds(
    fc.property(writing, ([memory, w, erase, add, dy]) => {
      const [, slots, width] = memory.shape as [number, number, number];
      const first = ({ data }: NDArray): NDArray => array([1, 1, width], data.subarray(0, width));
      const both = array([1, 2, slots], [...w.data, ...new Float64Array(slots)]);
      const one = run(eraseAdd, [memory, w, first(erase), first(add)], undefined, dy);
      const two = run(eraseAdd, [memory, both, erase, add], undefined, dy);
      one.forEach((values, n) => assert.equal(values.data, two[n]!.data.subarray(0, values.data.length)));
    }),
  );
});
access.run();

const places = suite("in place");

places("the output may lie over an input", () => {
  const random = new Random(1410);
  const [w, v] = [weighting(random, [2, 1, 13]), weighting(random, [2, 1, 13])];
  const gates = array([2, 1], [0.25, 0.75]);
  const vectors = uniform(random, [2, 1, 8], 0, 1);
  const memory = uniform(random, [2, 13, 8]);
  const table: [op: { definition: AnyDefinition }, over: number, inputs: NDArray[]][] = [
    [interpolate, 1, [gates, w, v]],
    [interpolate, 2, [gates, w, v]],
    [sharpen, 0, [w, array([2, 1], [1.5, 7])]],
    [eraseAdd, 0, [memory, w, vectors, vectors]],
    [eraseAdd, 0, [uniform(random, [2, 13, 5]), w, uniform(random, [2, 1, 5], 0, 1), uniform(random, [2, 1, 5])]],
  ];
  for (const [op, over, inputs] of table) {
    const kernel = new KernelRun(engine, op.definition, inputs, undefined);
    kernel.alias(kernel.outputs[0]!, kernel.inputs[over]!);
    assert.equal(kernel.forward()[0]!.data, run(op, inputs)[0]!.data, op.definition.name);
    kernel.free();
  }
});
places.run();

const content = suite("content similarity");

content("a memory or a key of zeros has similarity 0 and finite gradients", () => {
  holds(
    fc.property(memoryAndSlot, ([memory]) => {
      const [, slots, width] = memory.shape as [number, number, number];
      const key = array([1, 1, width], row(memory, 0));
      const strength = array([1, 1], [3]);
      const dz = array([1, 1, slots], new Float64Array(slots).fill(1));
      for (const inputs of [
        [zeros(memory.shape), key, strength],
        [memory, zeros(key.shape), strength],
        [zeros(memory.shape), zeros(key.shape), strength],
      ]) {
        const [z, ...gradients] = run(contentSimilarity, inputs, undefined, dz);
        assert.equal([...z!.data], Array<number>(slots).fill(0));
        assert.ok(gradients.every(isFinite));
      }
    }),
  );
});

content("a memory of 1e-6 everywhere, as NTMs start with, still has a direction", () => {
  const memory = array([1, 3, 20], new Float64Array(60).fill(Math.fround(1e-6)));
  const key = array([1, 1, 20], new Float64Array(20).fill(1));
  const [z] = run(contentSimilarity, [memory, key, array([1, 1], [1])]);
  for (const similarity of z!.data) assert.ok(similarity > 0.99, `is ${similarity}`);
});
content.run();

const heads = suite("heads");

heads("addressed in one call or one by one get the same bits", () => {
  const several = fc
    .record({ slots, width: fc.integer({ min: 1, max: 21 }) })
    .chain(({ slots, width }) =>
      fc.tuple(
        values([1, slots, width]),
        values([1, 3, width]),
        values([1, 3], 1, 9),
        values([1, 3, slots], 0, 1),
        values([1, 3, 5], 0, 1),
      ),
    );
  const alone = (x: NDArray, h: number): NDArray => {
    const size = x.data.length / 3;
    return array([1, 1, ...x.shape.slice(2)], x.data.subarray(h * size, (h + 1) * size));
  };
  holds(
    fc.property(several, ([memory, key, strength, w, s]) => {
      const together = [
        run(contentSimilarity, [memory, key, strength])[0]!,
        run(weightedRead, [memory, w])[0]!,
        run(interpolate, [strength, w, w])[0]!,
        run(circularConvolution, [w, s])[0]!,
        run(sharpen, [w, strength])[0]!,
      ];
      for (const h of [0, 1, 2]) {
        const [k, beta, wh, sh] = [key, strength, w, s].map((x) => alone(x, h)) as [NDArray, NDArray, NDArray, NDArray];
        const one = [
          run(contentSimilarity, [memory, k, beta])[0]!,
          run(weightedRead, [memory, wh])[0]!,
          run(interpolate, [beta, wh, wh])[0]!,
          run(circularConvolution, [wh, sh])[0]!,
          run(sharpen, [wh, beta])[0]!,
        ];
        one.forEach((y, n) => assert.equal(y.data, alone(together[n]!, h).data));
      }
    }),
  );
});
heads.run();
