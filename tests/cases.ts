/**
 * Sizes and ranges at which every op is checked; benches take theirs from the models. A case's shapes are those of the
 * op's inputs. Sizes sit where kernels break: one lane, a tail of each length, one vector, several.
 */
import type * as ops from "../bindings/graph/ops/index.js";
import { relations } from "../bindings/graph/ops/compareCells.js";
import type { Random } from "../bindings/common/random/philox.js";
import { array, uniform, weighting, whole, type NDArray } from "./support/array.js";

export type OpName = keyof typeof ops;

export interface Case {
  readonly shapes: readonly (readonly number[])[];
  readonly attributes?: unknown;
  /** Inputs are uniform in [low, high) … */
  readonly low?: number;
  readonly high?: number;
  /** … unless a generator makes them. */
  readonly inputs?: (random: Random) => NDArray[];
  /** Inputs that have no gradient, such as masks and indices. */
  readonly constant?: readonly number[];
  readonly rtol?: number;
  readonly atol?: number;
}

/** The words of a random stream, as numbers that have these bits. */
const streamOf = (...words: readonly number[]): NDArray =>
  array([4], new Float32Array(Uint32Array.of(...words, ...Array<number>(4 - words.length).fill(0)).buffer));

const widths = [1, 2, 3, 4, 5, 7, 8, 16, 17, 67];
/** One input, of each width that matters. */
const rows = (count: number): Case[] => widths.map((width) => ({ shapes: [[count, width]] }));

/** One input, of which nothing is so close to a kink that central differences would see both sides. */
const clearOf = (kinks: readonly number[]): Case[] =>
  widths.map((width) => ({
    shapes: [[3, width]],
    inputs: (random) => {
      const { shape, data } = uniform(random, [3, width]);
      const isNear = (v: number): boolean => kinks.some((kink) => Math.abs(v - kink) < 1e-3);
      return [{ shape, data: data.map((v) => (isNear(v) ? v + 0.01 : v)) }];
    },
  }));
/** Two inputs of one shape. */
const twins: Case[] = rows(3).map(({ shapes: [shape] }) => ({ shapes: [shape!, shape!] }));
const reductions: Case[] = [
  ...widths.map((width) => ({ shapes: [[2, 5, width]], attributes: { axis: 1 } })),
  ...widths.map((width) => ({ shapes: [[3, width]] })),
  { shapes: [[20, 3]], attributes: { axis: 0 } },
  { shapes: [[7]], attributes: {} },
];
/** Rows that keep most, then half, then nothing. */
const masked: Case[] = twins.map(({ shapes }) => ({
  shapes,
  inputs: (random) => {
    const [x, mask] = [uniform(random, shapes[0]!), uniform(random, shapes[1]!, 0, 1)];
    const keeps = (v: number, i: number): number => Number(v < [0.8, 0.5, 0][Math.floor((3 * i) / mask.data.length)]!);
    return [x, { ...mask, data: mask.data.map(keeps) }];
  },
  constant: [1],
}));
/** Rows that count whole, not at all, half. */
const rowMask = array([2, 4], [1, 1, 0, 0.5, 1, 0, 1, 1]);
const losses: Case[] = widths.map((width) => ({
  shapes: [
    [2, 4, width],
    [2, 4, width],
    [2, 4],
  ],
  inputs: (random) => [uniform(random, [2, 4, width], -4, 4), whole(random, [2, 4, width], 2), rowMask],
  constant: [1, 2],
}));

/** Memories by heads: batch, heads, slots, width. Small, since every element of the inputs is moved to check a gradient. */
const memories = [
  [1, 1, 1, 1],
  [1, 1, 2, 3],
  [3, 1, 3, 4],
  [1, 2, 4, 5],
  [1, 1, 5, 20],
  [3, 2, 7, 4],
  [1, 1, 8, 8],
  [2, 3, 5, 3],
  [1, 2, 16, 1],
  [1, 1, 17, 5],
  [1, 1, 16, 20],
  [1, 1, 67, 3],
  [1, 1, 128, 4],
] as const;

/** The curvature of |x| at 0 is what central differences cannot follow. */
const awayFrom0 = ({ shape, data }: NDArray): NDArray => ({
  shape,
  data: data.map((v) => Math.fround(v + Math.sign(v) / 4)),
});

/** Batches of heads over slots: batch, heads, slots. */
const weightings = [
  ...widths.map((slots) => [1, 1, slots] as const),
  ...([3, 8, 17] as const).map((slots) => [3, 2, slots] as const),
  [1, 1, 128] as const,
];

/** Rows, inner size and columns around the tiles of the kernel. */
const products: [m: number, k: number, n: number][] = [
  [1, 1, 1],
  [1, 5, 3],
  [2, 3, 8],
  [3, 4, 17],
  [4, 7, 16],
  [5, 2, 12],
  [7, 17, 5],
  [8, 9, 33],
  [17, 3, 4],
  [32, 3, 16], // from here on, rows enough for the packed kernel
  [35, 4, 21],
];

/** Two inputs of one shape, equal at every third element. */
const withTies: Case[] = twins.map(({ shapes }) => ({
  shapes,
  inputs: (random) => {
    const [a, b] = [uniform(random, shapes[0]!), uniform(random, shapes[1]!)];
    return [a, { ...b, data: b.data.map((v, i) => (i % 3 === 1 ? a.data[i]! : v)) }];
  },
}));

/** Rows, batch and columns of tables. */
const tableSizes: [rows: number, batch: number, columns: number][] = [
  [1, 1, 1],
  [2, 3, 2],
  [5, 1, 3],
  [7, 2, 4],
  [3, 2, 5],
  [9, 1, 17],
  [16, 3, 1],
];

export const cases: { [Name in OpName]: readonly Case[] } = {
  constant: [1, 3, 4, 17].map((size) => ({ shapes: [], attributes: { shape: [size], value: Math.fround(0.3) } })),
  identity: rows(3),
  softmax: [...rows(1), ...rows(5), { shapes: [[3, 17]], low: -60, high: 60 }],
  add: twins,
  subtract: twins,
  multiply: twins,
  divide: twins.map(({ shapes }) => ({
    shapes,
    inputs: (random) => [uniform(random, shapes[0]!), uniform(random, shapes[1]!, 0.5, 3)],
  })),
  affine: [
    ...rows(3).map((row) => ({ ...row, attributes: { scale: 1.5, shift: -0.25 } })),
    { shapes: [[5]], attributes: {} },
  ],
  clip: [
    ...clearOf([-1, 0.75]).map((row) => ({ ...row, attributes: { low: -1, high: 0.75 } })),
    ...clearOf([0.5]).map((row) => ({ ...row, attributes: { high: 0.5 } })),
  ],
  exp: [...rows(3), { shapes: [[17]], low: -12, high: 6 }],
  log: [...rows(3).map((row) => ({ ...row, low: 0.1, high: 9 })), { shapes: [[17]], low: 0.05, high: 1e6 }],
  relu: clearOf([0]),
  sigmoid: [...rows(3), { shapes: [[17]], low: -80, high: 80 }],
  softplus: [...rows(3), { shapes: [[17]], low: -80, high: 80 }],
  tanh: [...rows(3), { shapes: [[17]], low: -20, high: 20 }],
  broadcast: [
    ...widths.map((width) => ({ shapes: [[3, width]], attributes: { axis: 1, count: 5 } })),
    ...widths.map((count) => ({ shapes: [[3]], attributes: { axis: -1, count } })),
    { shapes: [[2, 3]], attributes: { count: 4 } },
    { shapes: [[]], attributes: { count: 6 } },
  ],
  sum: reductions,
  max: reductions,
  logSoftmax: [...rows(1), ...rows(5), { shapes: [[3, 17]], low: -60, high: 60 }],
  maskedSoftmax: masked,
  maskedLogSoftmax: masked,
  layerNorm: widths.flatMap((width) => [
    { shapes: [[3, width], [width], [width]], attributes: { epsilon: 0.01 } },
    { shapes: [[2, 2, width], [width], [width]] },
  ]),
  binaryCrossEntropy: losses,
  categoricalCrossEntropy: widths.map((width) => ({
    shapes: [
      [2, 4, width],
      [2, 4],
      [2, 4],
    ],
    inputs: (random) => [uniform(random, [2, 4, width], -4, 4), whole(random, [2, 4], width), rowMask],
    constant: [1, 2],
  })),
  squaredError: losses,
  huber: [...losses, { ...losses[5]!, attributes: { delta: 0.5 } }],
  bitErrors: losses,
  bitMisses: [
    ...losses,
    {
      shapes: [[7, 5], [7, 5], [7]],
      // right; wrong in a vector; wrong in the tail; NaN for a 0; NaN for a 1; NaN that is masked; a logit of 0 says 0
      inputs: () => [
        array(
          [7, 5],
          [
            -1,
            2,
            -3,
            4,
            5,
            -1,
            -2,
            -3,
            4,
            5,
            -1,
            2,
            -3,
            4,
            -5,
            NaN,
            2,
            -3,
            4,
            5,
            -1,
            NaN,
            -3,
            4,
            5,
            NaN,
            NaN,
            NaN,
            NaN,
            NaN,
            0,
            2,
            -0,
            4,
            Infinity,
          ],
        ),
        array([7, 5], Array.from({ length: 7 }, () => [0, 1, 0, 1, 1]).flat()),
        array([7], [1, -1, 1, 1, 0.5, 0, 1]),
      ],
    },
  ],
  classMisses: [
    ...widths.map((width) => ({
      shapes: [
        [2, 4, width],
        [2, 4],
        [2, 4],
      ],
      inputs: (random: Random) => [uniform(random, [2, 4, width]), whole(random, [2, 4], width), rowMask],
    })),
    ...widths.map((width) => ({
      shapes: [[width * width, width], [width * width], [width * width]],
      // two largest, or one, everywhere; the target is either
      inputs: () => {
        const pairs = Array.from({ length: width * width }, (_, i) => [Math.floor(i / width), i % width] as const);
        const row = ([a, b]: readonly [number, number]): number[] =>
          Array.from({ length: width }, (_, c) => Number(c === a || c === b));
        const [x, targets] = [pairs.flatMap(row), pairs.map(([target]) => target)];
        return [
          array([width * width, width], x),
          array([width * width], targets),
          array(
            [width * width],
            pairs.map(() => 1),
          ),
        ];
      },
    })),
    {
      shapes: [[9, 6], [9], [9]],
      // NaN at the target, in front, behind in a vector, in the tail, masked; no class three times; −∞ everywhere
      inputs: () => [
        array(
          [9, 6],
          [
            0,
            NaN,
            0,
            0,
            0,
            0,
            NaN,
            1,
            0,
            0,
            0,
            0,
            0,
            1,
            0,
            NaN,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            NaN,
            0,
            NaN,
            0,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
            ...Array<number>(6).fill(-Infinity),
          ],
        ),
        array([9], [1, 1, 1, 1, 1, -1, 6, NaN, 0]),
        array([9], [1, 1, 1, 1, 0, 1, 1, 1, 1]),
      ],
    },
  ],
  concat: [
    ...widths.map((width) => ({
      shapes: [
        [3, width],
        [3, 5],
        [3, 1],
      ],
    })),
    {
      shapes: [
        [1, 9],
        [1, 20],
      ],
    },
    { shapes: [[2, 3, 5]] },
    {
      shapes: [
        [2, 3, 5],
        [2, 1, 5],
        [2, 4, 5],
      ],
      attributes: { axis: 1 },
    },
    {
      shapes: [
        [2, 3],
        [1, 3],
      ],
      attributes: { axis: 0 },
    },
    {
      shapes: [
        [2, 3],
        [2, 4],
      ],
      attributes: {},
    },
  ],
  gather: [
    ...widths.map((width) => ({
      shapes: [
        [6, width],
        [2, 4],
      ],
      inputs: (random: Random) => [uniform(random, [6, width]), whole(random, [2, 4], 6)],
      constant: [1],
    })),
    {
      shapes: [[3, 5], [7]],
      inputs: (random) => [uniform(random, [3, 5]), array([7], [2, 3, -1, 2, NaN, 2, Infinity])],
      constant: [1],
    },
  ],
  slice: [
    ...widths.map((width) => ({ shapes: [[3, width + 4]], attributes: { begin: 3, end: width + 3 } })),
    ...widths.map((width) => ({ shapes: [[2, 3, width]], attributes: { axis: -2, begin: 1, end: 3 } })),
    { shapes: [[4, 3]], attributes: { axis: 0, end: 2 } },
    { shapes: [[4, 3]], attributes: { begin: 1 } },
  ],
  transpose: [
    ...widths.flatMap((width) => [{ shapes: [[width, 3]] }, { shapes: [[5, width]] }, { shapes: [[2, 4, width]] }]),
    { shapes: [[17, 20]] },
    { shapes: [[2, 3, 6, 9]] },
  ],
  lstmCell: [
    ...widths.map((hidden) => ({
      shapes: [
        [3, 4 * hidden],
        [3, hidden],
      ],
    })),
    {
      shapes: [
        [1, 400],
        [1, 100],
      ],
    },
    {
      shapes: [
        [2, 28],
        [2, 7],
      ],
      low: -30,
      high: 30,
    },
  ],
  gruCell: [
    ...widths.map((hidden) => ({
      shapes: [
        [3, 3 * hidden],
        [3, 3 * hidden],
        [3, hidden],
      ],
    })),
    {
      shapes: [
        [2, 21],
        [2, 21],
        [2, 7],
      ],
      low: -30,
      high: 30,
    },
  ],
  contentSimilarity: memories.flatMap(([batch, heads, slots, width]) => {
    const shapes = [
      [batch, slots, width],
      [batch, heads, width],
      [batch, heads],
    ];
    const inputs = (random: Random): NDArray[] => [
      awayFrom0(uniform(random, shapes[0]!)),
      awayFrom0(uniform(random, shapes[1]!)),
      uniform(random, shapes[2]!, 0.1, 8),
    ];
    const guarded = [
      { epsilon: 0.125 },
      { epsilon: 1.5, guard: "maximum" }, // a part of the products of norms is below
      { epsilon: 0.125, guard: "root" },
    ];
    return [{}, ...(width === 4 || width === 5 ? guarded : [])].map((attributes) => ({ shapes, inputs, attributes }));
  }),
  interpolate: weightings.map(([batch, heads, slots]) => ({
    shapes: [
      [batch, heads],
      [batch, heads, slots],
      [batch, heads, slots],
    ],
    inputs: (random) => [
      uniform(random, [batch, heads], 0, 1),
      weighting(random, [batch, heads, slots]),
      weighting(random, [batch, heads, slots]),
    ],
  })),
  circularConvolution: weightings.flatMap(([batch, heads, slots]) =>
    [1, 3, 5].flatMap((size) =>
      [{}, { wrap: false }].map((attributes) => ({
        shapes: [
          [batch, heads, slots],
          [batch, heads, size],
        ],
        attributes,
        inputs: (random: Random) => [weighting(random, [batch, heads, slots]), weighting(random, [batch, heads, size])],
      })),
    ),
  ),
  sharpen: [
    ...weightings.flatMap(([batch, heads, slots]) =>
      [3, 20].map((most) => ({
        shapes: [
          [batch, heads, slots],
          [batch, heads],
        ],
        inputs: (random: Random) => [
          weighting(random, [batch, heads, slots]),
          uniform(random, [batch, heads], 1, most),
        ],
      })),
    ),
    ...weightings.flatMap(([batch, heads, slots]) =>
      [1e-16, 1e-2].map((epsilon) => ({
        shapes: [
          [batch, heads, slots],
          [batch, heads],
        ],
        attributes: { epsilon },
        inputs: (random: Random) => [
          weighting(random, [batch, heads, slots]),
          uniform(random, [batch, heads], 1, epsilon === 1e-2 ? 3 : 8), // so that the sum is not far from epsilon
        ],
      })),
    ),
    {
      shapes: [[2, 7], [2]],
      // a power of at least 3 is flat enough at 0 for central differences
      inputs: () => [array([2, 7], [0, 0.25, 0.5, 0, 0.25, 0, 0, 0, 0, 0, 0, 0.75, 0.25, 0]), array([2], [3, 4])],
    },
  ],
  weightedRead: memories.map(([batch, heads, slots, width]) => ({
    shapes: [
      [batch, slots, width],
      [batch, heads, slots],
    ],
    inputs: (random) => [uniform(random, [batch, slots, width]), weighting(random, [batch, heads, slots])],
  })),
  eraseAdd: [
    ...memories.map(([batch, heads, slots, width]) => ({
      shapes: [
        [batch, slots, width],
        [batch, heads, slots],
        [batch, heads, width],
        [batch, heads, width],
      ],
      inputs: (random: Random) => [
        uniform(random, [batch, slots, width]),
        weighting(random, [batch, heads, slots]),
        uniform(random, [batch, heads, width], 0, 1),
        uniform(random, [batch, heads, width]),
      ],
    })),
    {
      shapes: [
        [1, 3, 4],
        [1, 2, 3],
        [1, 2, 4],
        [1, 2, 4],
      ],
      // both heads erase one slot wholly: of the product, nothing but the other head's factor is left, and that is 0
      inputs: (random: Random) => [
        uniform(random, [1, 3, 4]),
        array([1, 2, 3], [0, 1, 0, 0, 1, 0]),
        array([1, 2, 4], [1, 1, 0.5, 0, 1, 0.5, 1, 0]),
        uniform(random, [1, 2, 4]),
      ],
    },
  ],
  halting: [1, 2, 3, 5, 17].flatMap((rows) =>
    [
      { epsilon: Math.fround(0.01), limit: 6 },
      { epsilon: Math.fround(0.25), limit: 3 },
    ].map((attributes) => ({
      shapes: [[rows], [rows], [rows], [rows]],
      attributes,
      // a third has halted before, and of the others some halt by their sum, some by the limit; none is at the threshold
      inputs: (random: Random): NDArray[] => {
        const sum = uniform(random, [rows], 0, 0.7);
        const h = uniform(random, [rows], 0.05, 1);
        const enough = 1 - attributes.epsilon;
        const clear = h.data.map((v, r) => (Math.abs(sum.data[r]! + v - enough) < 1e-3 ? v + 0.01 : v));
        return [
          { shape: [rows], data: clear },
          sum,
          whole(random, [rows], attributes.limit),
          array(
            [rows],
            Array.from({ length: rows }, (_, r) => Number(r % 3 === 1)),
          ),
        ];
      },
      constant: [2, 3],
    })),
  ),
  accumulate: [
    ...widths.map((width) => ({ shapes: [[3, width], [3, width], [3]] })),
    { shapes: [[4], [4], [4]] },
    { shapes: [[2, 5, 7], [2, 5, 7], [2]] },
    {
      shapes: [[3, 5], [3, 5], [3]],
      inputs: (random: Random) => [uniform(random, [3, 5]), uniform(random, [3, 5]), array([3], [0, 0.5, 0])],
      constant: [2], // of a weight of 0 the sum has a derivative, and the op has none
    },
  ],
  additiveScore: widths.flatMap((width) =>
    [1, 3, 6].map((count) => ({ shapes: [[2, width], [2, count, width], [width]] })),
  ),
  reverseSequence: [
    ...widths.map((width) => ({
      shapes: [[5, 4, width], [4]],
      // whole, in part, a single element, and nothing that could be reversed
      inputs: (random: Random) => [uniform(random, [5, 4, width]), array([4], [5, 3, 1, 0])],
      constant: [1],
    })),
    {
      shapes: [[3, 3], [3]],
      inputs: (random: Random) => [uniform(random, [3, 3]), array([3], [2, 7, -1])],
      constant: [1],
    },
  ],
  batchMajor: [
    ...widths.map((width) => ({ shapes: [[3, 2, width]] })),
    { shapes: [[1, 5, 3]] },
    { shapes: [[6, 1, 3]] },
  ],
  argmax: [
    ...rows(3),
    { shapes: [[2, 3, 5]] },
    {
      shapes: [[4, 3]],
      inputs: () => [array([4, 3], [1, 2, 2, NaN, 3, 4, NaN, -1, NaN, -Infinity, -Infinity, -Infinity])],
    },
  ],
  beamStep: [0, 1, Math.fround(0.7)].flatMap((lengthPenalty) =>
    [
      [1, 1],
      [1, 5],
      [2, 3],
      [5, 4],
      [4, 17],
    ].map(([beams, classes]) => ({
      shapes: [[beams!, classes!], [beams!], [beams!], [beams!]],
      attributes: { lengthPenalty },
      // every third beam has ended; the last has never begun
      inputs: (random: Random): NDArray[] => {
        const each = (value: (beam: number) => number): NDArray =>
          array(
            [beams!],
            Array.from({ length: beams! }, (_, beam) => value(beam)),
          );
        return [
          uniform(random, [beams!, classes!], -4, 0),
          each((beam) => (beam && beam === beams! - 1 ? -Infinity : Math.fround(-3 - beam))),
          each((beam) => 2 + (beam % 3)),
          each((beam) => Number(beam % 3 === 1)),
        ];
      },
    })),
  ),
  dropout: [0, 0.25, 0.5].flatMap((rate) =>
    [1, 4, 7, 67].map((width) => ({
      shapes: [[3, width], [4]],
      attributes: { rate },
      inputs: (random: Random) => [uniform(random, [3, width]), streamOf(5, 2, 8)],
      constant: [1],
    })),
  ),
  minimum: withTies,
  maximum: withTies,
  compareCells: relations.flatMap((relation) =>
    tableSizes.flatMap(([rows, batch, columns]) =>
      [1, 2, 5].map((numbers) => ({
        shapes: [],
        attributes: { relation },
        // whole numbers, so that many are equal; some cells are not there, some in part
        inputs: (random: Random): NDArray[] => [
          whole(random, [rows, batch, columns], 4),
          array(
            [rows, batch, columns],
            Array.from({ length: rows * batch * columns }, (_, i) => [1, 0.5, 1, 0][i % 4]!),
          ),
          whole(random, [batch, numbers], 4),
          weighting(random, [batch, numbers]),
        ],
        constant: [0, 1, 2],
      })),
    ),
  ),
  columnSums: tableSizes.map(([rows, batch, columns]) => ({
    shapes: [
      [rows, batch],
      [rows, batch, columns],
    ],
  })),
  selectColumn: tableSizes.map(([rows, batch, columns]) => ({
    shapes: [
      [rows, batch, columns],
      [batch, columns],
    ],
  })),
  firstInOrder: [0.2, 0.7].flatMap((most) =>
    tableSizes.map(([rows, batch, columns]) => ({
      shapes: [],
      // rows in a random order, every fifth skipped in one of three ways; few selected, then more than one in all
      inputs: (random: Random): NDArray[] => {
        const order = new Float64Array(rows * batch * columns);
        for (let list = 0; list < batch * columns; ++list) {
          const left = Array.from({ length: rows }, (_, i) => i);
          for (let k = 0; k < rows; ++k) {
            const [row] = left.splice(random.integer(0, left.length - 1), 1);
            const isSkipped = (k + list) % 5 === 4;
            order[k * batch * columns + list] = isSkipped ? [-1, rows, NaN][k % 3]! : row!;
          }
        }
        return [uniform(random, [rows, batch], 0, most), array([rows, batch, columns], order)];
      },
      constant: [1],
    })),
  ),
  shiftRows: [-5, -1, 0, 1, 2].flatMap((by) => [
    ...widths.map((width) => ({ shapes: [[4, width]], attributes: { by } })),
    { shapes: [[3, 2, 5]], attributes: { by } },
    { shapes: [[1]], attributes: { by } },
  ]),
  uniform: [[1], [3, 5], [64]].map((shape) => ({
    shapes: [[4]],
    attributes: { shape },
    inputs: () => [streamOf(9, 1, 3)],
  })),
  linear: [1, 2, 3, 5, 8, 35].flatMap((batch) =>
    [
      [1, 1],
      [3, 5],
      [7, 4],
      [17, 26],
      [9, 67],
    ].map(([inputs, outputs]) => ({ shapes: [[batch, inputs!], [inputs!, outputs!], [outputs!]] })),
  ),
  matmul: products.flatMap(([m, k, n]) => [
    {
      shapes: [
        [m, k],
        [k, n],
      ],
    },
    {
      shapes: [
        [k, m],
        [k, n],
      ],
      attributes: { transposeA: true },
    },
    {
      shapes: [
        [2, m, k],
        [2, n, k],
      ],
      attributes: { transposeB: true },
    },
  ]),
};
