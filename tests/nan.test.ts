/**
 * NaN in kernels: a table of what their head comments promise, one entry a promise, keyed by the kernel's file. A NaN is
 * put at every place of rows that have a vector and a tail.
 */
import { readdirSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Opcode } from "../assembly/generated/opcodes.js";
import * as ops from "../bindings/graph/ops/index.js";
import { relations } from "../bindings/graph/ops/compareCells.js";
import { Random } from "../bindings/common/random/philox.js";
import type { OpName } from "./ops/index.js";
import { array, lengthOf, uniform, whole, type NDArray } from "./support/array.js";
import { testEngine } from "./support/engine.js";
import { runInstruction } from "./support/instruction.js";
import { KernelRun } from "./support/kernel.js";

const kernels = new URL("../assembly/kernels/", import.meta.url);
const engine = await testEngine();
const COLUMNS = 7;
const ROWS = 3;
/** What a gradient's buffer holds before backward adds to it. */
const START = 0.5;

const rows = (low?: number, high?: number): NDArray => uniform(new Random(1), [ROWS, COLUMNS], low, high);
const changed = ({ shape, data }: NDArray, at: number, value: number): NDArray =>
  array(
    shape,
    data.map((v, i) => (i === at ? value : v)),
  );
const zeros = (count: number): number[] => Array<number>(count).fill(0);
const filled = (shape: readonly number[], value: number): NDArray =>
  array(shape, Array<number>(lengthOf(shape)).fill(value));

interface Result {
  readonly outputs: NDArray[];
  readonly gradients: NDArray[];
}

/** An op's outputs, and its gradients where it has any; those of the outputs are ones. */
function run(name: OpName, inputs: readonly NDArray[], attributes?: unknown, dy?: readonly NDArray[]): Result {
  const { definition } = ops[name];
  const kernel = new KernelRun(engine, definition, inputs, attributes);
  const outputs = kernel.forward();
  const given = dy ?? outputs.map(({ shape }) => filled(shape, 1));
  const gradients = definition.backward ? kernel.backward(given, START) : [];
  kernel.free();
  return { outputs, gradients };
}

/** Elements are NaN where they are said to be, and elsewhere what they are without it. */
function expectNaN(actual: NDArray, without: NDArray, isNaN: (i: number) => boolean, what: string): void {
  actual.data.forEach((value, i) => {
    const expected = isNaN(i) ? NaN : without.data[i]!;
    if (!Object.is(value, expected)) throw new Error(`${what}: element ${i} is ${value}, and must be ${expected}`);
  });
}

type Promised = () => void;
const everyPlace = (visit: (at: number, row: number) => void): void => {
  for (let at = 0; at < ROWS * COLUMNS; ++at) visit(at, Math.floor(at / COLUMNS));
};
const inRow =
  (row: number, columns = COLUMNS) =>
  (i: number): boolean =>
    Math.floor(i / columns) === row;

/** NaN stays NaN, and changes no other element. */
const stays =
  (name: OpName, { low, high, attributes }: { low?: number; high?: number; attributes?: unknown } = {}): Promised =>
  () => {
    const x = rows(low, high);
    const without = run(name, [x], attributes).outputs[0]!;
    everyPlace((at) => {
      const { outputs } = run(name, [changed(x, at, NaN)], attributes);
      expectNaN(outputs[0]!, without, (i) => i === at, `NaN at ${at}`);
    });
  };

/** NaN stays NaN, and passes no gradient. */
const staysAndPassesNoGradient =
  (name: OpName, attributes?: unknown): Promised =>
  () => {
    stays(name, { attributes })();
    const x = rows();
    const [without] = run(name, [x], attributes).gradients;
    everyPlace((at) => {
      const { gradients } = run(name, [changed(x, at, NaN)], attributes);
      const expected = changed(without!, at, START);
      assert.equal(gradients[0]!.data, expected.data, `NaN at ${at}`);
    });
  };

/** NaN on either side makes y NaN, and passes no gradient. */
const ofTwo =
  (name: OpName): Promised =>
  () => {
    const [a, b] = [rows(), uniform(new Random(2), [ROWS, COLUMNS])];
    const without = run(name, [a, b]);
    everyPlace((at) => {
      for (const inputs of [
        [changed(a, at, NaN), b],
        [a, changed(b, at, NaN)],
        [changed(a, at, NaN), changed(b, at, NaN)],
      ]) {
        const { outputs, gradients } = run(name, inputs);
        expectNaN(outputs[0]!, without.outputs[0]!, (i) => i === at, `NaN at ${at}`);
        gradients.forEach((dx, i) => assert.equal(dx.data, changed(without.gradients[i]!, at, START).data));
      }
    });
  };

/** A bad number makes its row NaN, and no other row. */
const makesItsRow =
  (name: OpName, { others = [], bad = [NaN], attributes, low, high }: MakesItsRow = {}): Promised =>
  () => {
    const x = rows(low, high);
    const without = run(name, [x, ...others], attributes).outputs[0]!;
    for (const value of bad) {
      everyPlace((at, row) => {
        const { outputs } = run(name, [changed(x, at, value), ...others], attributes);
        expectNaN(outputs[0]!, without, inRow(row), `${value} at ${at}`);
      });
    }
  };
interface MakesItsRow {
  readonly others?: readonly NDArray[];
  readonly bad?: readonly number[];
  readonly attributes?: unknown;
  readonly low?: number;
  readonly high?: number;
}

const onlyLowest =
  (name: OpName, others: readonly NDArray[] = []): Promised =>
  () => {
    const { outputs } = run(name, [filled([1, COLUMNS], -Infinity), ...others]);
    assert.equal([...outputs[0]!.data], Array<number>(COLUMNS).fill(NaN));
  };

/** A mask that keeps and drops in vectors and in the tail. */
const mask = array(
  [ROWS, COLUMNS],
  Array.from({ length: ROWS * COLUMNS }, (_, i) => Number(i % 3 !== 1)),
);

/** Kept NaN makes the kept entries of its row NaN, or all of them; dropped entries may hold anything. */
const masked =
  (name: OpName, { isWhole }: { isWhole: boolean }): Promised =>
  () => {
    const x = rows();
    const without = run(name, [x, mask]);
    everyPlace((at, row) => {
      for (const value of mask.data[at] ? [NaN] : [NaN, Infinity, 1e38]) {
        const { outputs, gradients } = run(name, [changed(x, at, value), mask]);
        const isNaN = (i: number): boolean => mask.data[at] !== 0 && inRow(row)(i) && (isWhole || mask.data[i] !== 0);
        expectNaN(outputs[0]!, without.outputs[0]!, isNaN, `${value} at ${at}`);
        if (!mask.data[at]) assert.equal(gradients[0]!.data, without.gradients[0]!.data, `${value} dropped at ${at}`);
      }
    });
  };

/** A loss over rows whose mask is 1, 0, ½: NaN in the second reaches nothing, elsewhere it makes the loss NaN. */
const loss =
  (name: OpName, targets: () => NDArray, { isNaN = true } = {}): Promised =>
  () => {
    const keeps = array([ROWS], [1, 0, 0.5]);
    const given = [rows(), targets(), keeps];
    const without = run(name, given);
    for (const input of [0, 1]) {
      given[input]!.data.forEach((_, at) => {
        const row = Math.floor(at / (given[input]!.data.length / ROWS));
        const inputs = given.map((x, i) => (i === input ? changed(x, at, NaN) : x));
        const { outputs, gradients } = run(name, inputs);
        if (row === 1) {
          assert.equal(outputs[0]!.data, without.outputs[0]!.data, `input ${input}, NaN at ${at}`);
          if (gradients.length) assert.equal(gradients[0]!.data, without.gradients[0]!.data);
        } else if (isNaN) assert.equal([...outputs[0]!.data], [NaN], `input ${input}, NaN at ${at}`);
        else assert.ok(Number.isFinite(outputs[0]!.data[0]!));
      });
    }
  };

const bitTargets = (): NDArray => whole(new Random(3), [ROWS, COLUMNS], 2);
const classTargets = (): NDArray => array([ROWS], [2, 6, 0]);

/** Cells, in a vector and in the tail, of a gate's block in each row. */
const column =
  (name: OpName, inputs: readonly NDArray[], hidden: number): Promised =>
  () => {
    const without = run(name, inputs).outputs;
    inputs.forEach((x, input) =>
      x.data.forEach((_, at) => {
        const [row, unit] = [Math.floor(at / x.shape[1]!), at % hidden];
        const given = inputs.map((y, i) => (i === input ? changed(y, at, NaN) : y));
        run(name, given).outputs.forEach((y, o) =>
          y.data.forEach((value, i) => {
            const isOwn = inRow(row, hidden)(i) && i % hidden === unit;
            if (!isOwn)
              assert.is(value, without[o]!.data[i], `input ${input}, NaN at ${at}, output ${o}, element ${i}`);
          }),
        );
        const isSeen = run(name, given).outputs.some((y) => y.data.some(Number.isNaN));
        assert.ok(isSeen, `input ${input}, NaN at ${at} is lost`);
      }),
    );
  };

const floats = (...values: number[]): Float32Array => Float32Array.from(values);
const sevenths = Array.from({ length: COLUMNS }, (_, i) => i / 7 - 0.4);

/** By kernel, in the words of its head comment. */
const promises: Record<string, Record<string, Promised>> = {
  "elementwise/relu": { "NaN stays NaN, and passes no gradient": staysAndPassesNoGradient("relu") },
  "elementwise/clip": {
    "NaN stays NaN, and passes no gradient": staysAndPassesNoGradient("clip", { low: -1, high: 0.75 }),
  },
  "circuit/clipGradient": {
    "NaN stays NaN, in dy": () => {
      const given = [rows()];
      const dy = rows(-3, 3);
      const without = run("clipGradient", given, { limit: 1 }, [dy]).gradients[0]!;
      everyPlace((at) => {
        const [dx] = run("clipGradient", given, { limit: 1 }, [changed(dy, at, NaN)]).gradients;
        expectNaN(dx!, without, (i) => i === at, `NaN at ${at}`);
      });
    },
  },
  "circuit/renormalize": {
    "NaN makes its row NaN": makesItsRow("renormalize", { low: 0.1, high: 1 }),
    "so do zeros alone": () => {
      const { outputs } = run("renormalize", [filled([1, COLUMNS], 0)]);
      assert.equal([...outputs[0]!.data], Array<number>(COLUMNS).fill(NaN));
    },
  },
  "elementwise/tanh": { "NaN stays NaN": stays("tanh") },
  "elementwise/exp": { "NaN stays NaN": stays("exp") },
  "elementwise/sigmoid": { "NaN stays NaN": stays("sigmoid") },
  "elementwise/softplus": { "NaN stays NaN": stays("softplus") },
  "elementwise/log": {
    "NaN stays NaN": stays("log", { low: 0.1, high: 9 }),
    "log(0) = −∞, NaN for x < 0": () => {
      const x = array([1, 7], [0, -0, -1, -Infinity, -1e-40, 1, -1e-30]);
      assert.equal([...run("log", [x]).outputs[0]!.data], [-Infinity, -Infinity, NaN, NaN, NaN, 0, NaN]);
    },
  },
  "elementwise/minimum": { "NaN on either side makes y NaN, and passes no gradient": ofTwo("minimum") },
  "elementwise/maximum": { "NaN on either side makes y NaN, and passes no gradient": ofTwo("maximum") },
  "reduce/max": {
    "NaN makes its y NaN, which passes no gradient": () => {
      const attributes = { axis: 0 };
      const inner = rows();
      const without = run("max", [inner], attributes);
      everyPlace((at) => {
        const { outputs, gradients } = run("max", [changed(inner, at, NaN)], attributes);
        const ofColumn = (i: number): boolean => i % COLUMNS === at % COLUMNS;
        expectNaN(outputs[0]!, without.outputs[0]!, ofColumn, `NaN at ${at}`);
        gradients[0]!.data.forEach((dx, i) => assert.is(dx, ofColumn(i) ? START : without.gradients[0]!.data[i]));
      });
    },
    "also where rows are contiguous": () => {
      const x = rows();
      const without = run("max", [x]);
      everyPlace((at, row) => {
        const { outputs, gradients } = run("max", [changed(x, at, NaN)]);
        expectNaN(outputs[0]!, without.outputs[0]!, (i) => i === row, `NaN at ${at}`);
        gradients[0]!.data.forEach((dx, i) => assert.is(dx, inRow(row)(i) ? START : without.gradients[0]!.data[i]));
      });
    },
  },
  "reduce/argmax": {
    "NaN is never the largest; a row with nothing above −∞ has its largest at 0": () => {
      const x = rows();
      const without = run("argmax", [x]).outputs[0]!;
      everyPlace((at, row) => {
        const [actual] = run("argmax", [changed(x, at, NaN)]).outputs;
        const own = Array.from(x.data.subarray(row * COLUMNS, (row + 1) * COLUMNS), (v, c) =>
          row * COLUMNS + c === at ? -Infinity : v,
        );
        assert.equal(actual!.data, changed(without, row, own.indexOf(Math.max(...own))).data);
      });
      for (const value of [NaN, -Infinity]) {
        assert.equal([...run("argmax", [filled([2, COLUMNS], value)]).outputs[0]!.data], [0, 0]);
      }
    },
  },
  "normalize/softmax": {
    "NaN makes its row NaN": makesItsRow("softmax"),
    "a row of only −∞ is NaN": onlyLowest("softmax"),
  },
  "normalize/logSoftmax": {
    "NaN makes its row NaN": makesItsRow("logSoftmax"),
    "a row of only −∞ is NaN": onlyLowest("logSoftmax"),
  },
  "normalize/maskedSoftmax": {
    "NaN that is kept makes its row NaN; what is dropped may hold anything": masked("maskedSoftmax", { isWhole: true }),
    "a row of which nothing, or only −∞, is kept is all 0": () => {
      const none = [filled([1, COLUMNS], NaN), filled([1, COLUMNS], 0)];
      const lowest = [filled([1, COLUMNS], -Infinity), filled([1, COLUMNS], 1)];
      for (const inputs of [none, lowest]) {
        assert.equal([...run("maskedSoftmax", inputs).outputs[0]!.data], Array<number>(COLUMNS).fill(0));
      }
    },
  },
  "normalize/maskedLogSoftmax": {
    "NaN that is kept makes the kept entries of its row NaN; what is dropped may hold anything": masked(
      "maskedLogSoftmax",
      { isWhole: false },
    ),
    "in dy too": () => {
      const given = [rows(), mask];
      const dy = uniform(new Random(4), [ROWS, COLUMNS]);
      const without = run("maskedLogSoftmax", given, undefined, [dy]).gradients[0]!;
      everyPlace((at) => {
        if (mask.data[at]) return;
        for (const value of [NaN, Infinity]) {
          const [dx] = run("maskedLogSoftmax", given, undefined, [changed(dy, at, value)]).gradients;
          assert.equal(dx!.data, without.data, `${value} at ${at}`);
        }
      });
    },
    "a row of which only −∞ is kept is NaN there": onlyLowest("maskedLogSoftmax", [filled([1, COLUMNS], 1)]),
  },
  "normalize/softmaxParts": {
    "NaN makes the whole row NaN, and so does a row of only −∞; a part of only −∞ is 0": () => {
      const parts = (...values: readonly (readonly number[])[]): number[] => {
        const exps = values.map((part) => {
          const operands = { y: new Float32Array(part.length), pair: new Float32Array(2), x: floats(...part) };
          return runInstruction(engine, Opcode.softmaxPart, operands, { sizes: [part.length] });
        });
        const pairs = floats(...exps.flatMap(({ pair }) => [...pair]));
        return exps.flatMap(({ y, pair }) => {
          const operands = { y, pair, pairs };
          const joined = runInstruction(engine, Opcode.softmaxJoin, operands, { sizes: [values.length, y.length] });
          return [...joined.y];
        });
      };
      const lowest = Array<number>(COLUMNS).fill(-Infinity);
      for (let at = 0; at < COLUMNS; ++at) {
        const bad = sevenths.with(at, NaN);
        for (const both of [
          [bad, sevenths],
          [sevenths, bad],
        ]) {
          assert.equal(parts(...both), Array<number>(2 * COLUMNS).fill(NaN), `NaN at ${at}`);
        }
      }
      assert.equal(parts(lowest, lowest), Array<number>(2 * COLUMNS).fill(NaN));
      const half = parts(lowest, sevenths);
      assert.equal(half.slice(0, COLUMNS), Array<number>(COLUMNS).fill(0));
      assert.ok(half.slice(COLUMNS).every((y) => y > 0));
    },
  },
  "normalize/layerNorm": {
    "NaN makes its row NaN": makesItsRow("layerNorm", {
      others: [filled([COLUMNS], 1), filled([COLUMNS], 0)],
      attributes: { epsilon: 0.01 },
    }),
    "ε > 0 keeps a constant row finite": () => {
      const others = [filled([COLUMNS], 1), filled([COLUMNS], 0)];
      const [y] = run("layerNorm", [filled([1, COLUMNS], 3), ...others], { epsilon: 1e-5 }).outputs;
      assert.equal([...y!.data], Array<number>(COLUMNS).fill(0));
    },
  },
  "addressing/sharpen": {
    "NaN or ∞ makes its row NaN": makesItsRow("sharpen", {
      others: [filled([ROWS], 2)],
      bad: [NaN, Infinity],
      low: 0.1,
      high: 1,
    }),
  },
  "shape/gather": {
    "an index that is not in the table, or NaN, gives a row of zeros and passes no gradient": () => {
      const table = rows();
      for (const index of [NaN, -1, ROWS, Infinity, -Infinity]) {
        const { outputs, gradients } = run("gather", [table, array([2], [index, 1])]);
        assert.equal([...outputs[0]!.data], [...Array<number>(COLUMNS).fill(0), ...table.data.subarray(7, 14)]);
        const once = Array.from({ length: ROWS * COLUMNS }, (_, i) => START + Number(inRow(1)(i)));
        assert.equal([...gradients[0]!.data], once, String(index));
      }
    },
  },
  "shape/embeddingBag": {
    "an index that is not in the table, or NaN, adds nothing and passes no gradient": () => {
      const table = rows();
      for (const index of [NaN, -1, ROWS, Infinity, -Infinity]) {
        const { outputs, gradients } = run("embeddingBag", [table, array([2, 2], [index, index, index, 1])]);
        assert.equal([...outputs[0]!.data], [...Array<number>(COLUMNS).fill(0), ...table.data.subarray(7, 14)]);
        const once = Array.from({ length: ROWS * COLUMNS }, (_, i) => START + Number(inRow(1)(i)));
        assert.equal([...gradients[0]!.data], once, String(index));
      }
    },
  },
  "shape/oneHot": {
    "an index that is no class, or NaN, gives zeros; a fraction is dropped": () => {
      const [y] = run("oneHot", [array([5], [NaN, -1, 3, 1.5, Infinity])], { classes: 3 }).outputs;
      assert.equal([...y!.data], [...zeros(9), 0, 1, 0, ...zeros(3)]);
    },
  },
  "random/categorical": {
    "a row with NaN, or nothing above 0, or u outside, gives NaN": () => {
      const of = (p: readonly number[], u: number): number =>
        run("categorical", [array([1, p.length], p), array([1], [u])]).outputs[0]!.data[0]!;
      const refused: [readonly number[], number][] = [
        [[1, NaN, 1], 0],
        [[NaN, 1, 1], 0.9],
        [[0, 0, 0], 0.5],
        [[1, 1, 1], 1],
        [[1, 1, 1], -0.1],
        [[1, 1, 1], NaN],
      ];
      for (const [p, u] of refused) assert.equal(of(p, u), NaN, `${p} at ${u}`);
      assert.is(of([1, 1, 1], 0.5), 1);
    },
    "a c of probability 0 is never drawn, and one is always found": () => {
      const random = new Random(3);
      const below = Math.fround(1 - 2 ** -24);
      for (let i = 0; i < 2_000; ++i) {
        const p = Array.from({ length: 6 }, () => (random.uniform() < 0.4 ? 0 : random.uniform() * 2 ** -(i % 60)));
        if (!p.some((value) => value > 0)) continue;
        for (const u of [0, below]) {
          const [y] = run("categorical", [array([1, 6], p), array([1], [u])]).outputs;
          assert.ok(Math.fround(p[y!.data[0]!]!) > 0, `${p} at ${u}: ${y!.data[0]}`);
        }
      }
    },
  },
  "stack/pushRows": {
    "with `whole`, all y are NaN where what is lost is not 0": () => {
      const full = [array([1, 2, 2, 1], [1, 0, 2, 3]), array([1, 2, 1], [7, 8])];
      const [kept] = run("pushRows", full, { whole: true }).outputs;
      assert.equal([...kept!.data], [7, 1, NaN, NaN]);
      const [lost] = run("pushRows", full, {}).outputs;
      assert.equal([...lost!.data], [7, 1, 8, 2]);
    },
  },
  "tape/window": {
    "a position beyond ±2²⁴, or NaN, reads zeros, writes nothing and passes no gradient": () => {
      const tape = uniform(new Random(8), [2, 3, COLUMNS]);
      const values = uniform(new Random(9), [2, 1, COLUMNS]);
      const line = 3 * COLUMNS;
      for (const position of [NaN, Infinity, -Infinity, 2 ** 24 + 2, -(2 ** 25)]) {
        const places = array([2], [position, 1]);
        const read = run("readWindow", [tape, places], { size: 1 });
        const under = [...tape.data.subarray(line + COLUMNS, line + 2 * COLUMNS)];
        assert.equal([...read.outputs[0]!.data], [...zeros(COLUMNS), ...under]);
        assert.equal([...read.gradients[0]!.data.subarray(0, line)], Array<number>(line).fill(START));
        const written = run("writeWindow", [tape, places, values]);
        assert.equal([...written.outputs[0]!.data.subarray(0, line)], [...tape.data.subarray(0, line)]);
        assert.equal(
          [...written.gradients[2]!.data],
          [...Array<number>(COLUMNS).fill(START), ...Array<number>(COLUMNS).fill(START + 1)],
        );
      }
    },
  },
  "recurrent/lstmCell": {
    "NaN stays in its column": column(
      "lstmCell",
      [uniform(new Random(5), [2, 4 * COLUMNS]), uniform(new Random(6), [2, COLUMNS])],
      COLUMNS,
    ),
  },
  "recurrent/gruCell": {
    "NaN stays in its column": column(
      "gruCell",
      [
        uniform(new Random(5), [2, 3 * COLUMNS]),
        uniform(new Random(6), [2, 3 * COLUMNS]),
        uniform(new Random(7), [2, COLUMNS]),
      ],
      COLUMNS,
    ),
  },
  "loss/binaryCrossEntropy": {
    "a row whose mask is 0 is skipped; NaN elsewhere makes the loss NaN": loss("binaryCrossEntropy", bitTargets),
  },
  "loss/squaredError": {
    "a row whose mask is 0 is skipped; NaN elsewhere makes the loss NaN": loss("squaredError", bitTargets),
  },
  "loss/huber": {
    "a row whose mask is 0 is skipped; NaN elsewhere makes the loss NaN": loss("huber", bitTargets),
  },
  "loss/categoricalCrossEntropy": {
    "a row whose mask is 0 is skipped; NaN elsewhere makes the loss NaN": loss("categoricalCrossEntropy", classTargets),
    "and so does a t that is no class": () => {
      for (const target of [NaN, -1, COLUMNS, Infinity]) {
        const inputs = [rows(), array([ROWS], [2, 6, target])];
        assert.equal(
          [...run("categoricalCrossEntropy", [...inputs, array([ROWS], [1, 1, 1])]).outputs[0]!.data],
          [NaN],
        );
        const { outputs } = run("categoricalCrossEntropy", [...inputs, array([ROWS], [1, 1, 0])]);
        assert.ok(Number.isFinite(outputs[0]!.data[0]!), String(target));
      }
    },
    "the logSum of a row whose mask is 0 is not written": () => {
      const operands = {
        loss: floats(0),
        logSum: floats(-7, -7),
        x: floats(...sevenths, ...sevenths),
        t: floats(1, 1),
        mask: floats(0, 1),
      };
      const { logSum } = runInstruction(engine, Opcode.categoricalCrossEntropyForward, operands, {
        sizes: [COLUMNS, 2],
      });
      assert.is(logSum[0], -7);
      assert.is.not(logSum[1], -7);
    },
  },
  "loss/classMisses": {
    "a row with a NaN is a miss, and so is a t that is no class; a row whose mask is 0 is skipped": () => {
      for (let at = 0; at < COLUMNS; ++at) {
        for (let target = 0; target < COLUMNS; ++target) {
          const one = sevenths.map((_, c) => Number(c === target));
          const x = array([3, COLUMNS], [...one, ...one.with(at, NaN), ...one.with(at, NaN)]);
          const inputs = [x, filled([3], target), array([3], [1, 1, 0])];
          assert.equal([...run("classMisses", inputs).outputs[0]!.data], [0, 1, 0], `NaN at ${at}, class ${target}`);
        }
      }
      for (const target of [NaN, -1, COLUMNS, Infinity]) {
        const inputs = [filled([2, COLUMNS], 0), filled([2], target), array([2], [1, 0])];
        assert.equal([...run("classMisses", inputs).outputs[0]!.data], [1, 0], String(target));
      }
    },
  },
  "loss/bitMisses": {
    "a NaN in x is wrong; a row whose mask is 0 is skipped": () => {
      for (let at = 0; at < COLUMNS; ++at) {
        for (const bit of [0, 1]) {
          const right = Array<number>(COLUMNS).fill(2 * bit - 1);
          const x = array([3, COLUMNS], [...right, ...right.with(at, NaN), ...right.with(at, NaN)]);
          const { outputs } = run("bitMisses", [x, filled([3, COLUMNS], bit), array([3], [1, 1, 0])]);
          assert.equal([...outputs[0]!.data], [0, 1, 0], `NaN at ${at}, bit ${bit}`);
        }
      }
    },
  },
  "loss/bitErrors": {
    "a row whose mask is 0 is skipped": loss("bitErrors", bitTargets, { isNaN: false }),
    "NaN counts as 0": () => {
      for (let at = 0; at < COLUMNS; ++at) {
        for (const bit of [0, 1]) {
          const right = array(
            [1, COLUMNS],
            Array<number>(COLUMNS)
              .fill(2 * bit - 1)
              .with(at, NaN),
          );
          const { outputs } = run("bitErrors", [right, filled([1, COLUMNS], bit), filled([1], 1)]);
          assert.is(outputs[0]!.data[0], bit, `NaN at ${at}`);
        }
      }
    },
  },
  "halting/halting": {
    "NaN as h goes on to the limit": () => {
      for (const [before, halts] of [
        [0, 0],
        [1, 0],
        [2, 1],
      ] as const) {
        const inputs = [NaN, 0.25, before, 0].map((value) => filled([ROWS], value));
        const [p, sum, steps, halted] = run("halting", inputs, { epsilon: 0.01, limit: 3 }).outputs;
        assert.equal([...halted!.data], Array<number>(ROWS).fill(halts));
        assert.equal([...steps!.data], Array<number>(ROWS).fill(before + 1));
        assert.equal([...p!.data], Array<number>(ROWS).fill(halts ? 0.75 : NaN));
        assert.equal([...sum!.data], Array<number>(ROWS).fill(halts ? 0.25 : NaN));
      }
    },
  },
  "halting/accumulate": {
    "what the x of a row with weight 0 holds reaches nothing, be it NaN, and neither does its p": () => {
      const [mean, x] = [rows(), uniform(new Random(2), [ROWS, COLUMNS])];
      const p = array([ROWS], [0.5, 0, 0.25]);
      const without = run("accumulate", [mean, x, p]);
      for (const value of [NaN, Infinity]) {
        for (let at = COLUMNS; at < 2 * COLUMNS; ++at) {
          const { outputs, gradients } = run("accumulate", [mean, changed(x, at, value), p]);
          assert.equal(outputs[0]!.data, without.outputs[0]!.data, `${value} at ${at}`);
          gradients.forEach((dx, i) => assert.equal(dx.data, without.gradients[i]!.data, `gradient ${i}`));
        }
      }
      assert.is(without.gradients[2]!.data[1], START, "a row with weight 0 has no gradient by p");
    },
  },
  "decoding/beamStep": {
    "a candidate whose rank is NaN or −∞ is none": () => {
      for (const none of [NaN, -Infinity]) {
        const inputs = [
          array([2, 3], [none, -1, -2, -3, none, none]),
          array([2], [0, 0]),
          ...[1, 0].map((v) => filled([2], v)),
        ];
        const [scores, , , parents, symbols] = run("beamStep", inputs, { lengthPenalty: 0 }).outputs;
        assert.equal(
          [[...scores!.data], [...parents!.data], [...symbols!.data]],
          [
            [-1, -2],
            [0, 0],
            [1, 2],
          ],
        );
        const gone = [filled([2, 3], none), ...inputs.slice(1)];
        const nothing = run("beamStep", gone, { lengthPenalty: 0 }).outputs.map(({ data }) => [...data]);
        const [lowest, ended, zeros] = [
          [-Infinity, -Infinity],
          [1, 1],
          [0, 0],
        ];
        assert.equal(nothing, [lowest, ended, ended, zeros, zeros, lowest]);
      }
    },
  },
  "sparse/productTopK": {
    "NaN is larger than any number: its sums come first, by index, and the others as without it": () => {
      const second = array([1, 5], [4, 0, 3, 1, 2]);
      for (let at = 0; at < COLUMNS; ++at) {
        const first = changed(array([1, COLUMNS], [10, 20, 30, 40, 50, 60, 70]), at, NaN);
        const [scores, indices] = run("productTopK", [first, second], { count: 8 }).outputs;
        const best = at === 6 ? 5 : 6;
        assert.equal([...scores!.data].slice(0, 5), Array<number>(5).fill(NaN));
        assert.equal(
          [...indices!.data],
          [0, 1, 2, 3, 4].map((j) => 5 * at + j).concat([0, 2, 4].map((j) => 5 * best + j)),
        );
      }
    },
    "where a part is infinite, all sums are looked through": () => {
      const inputs = [array([1, 3], [-Infinity, 1, Infinity]), array([1, 2], [Infinity, 0])];
      const [scores, indices] = run("productTopK", inputs, { count: 6 }).outputs;
      assert.equal([...scores!.data], [NaN, Infinity, Infinity, Infinity, 1, -Infinity]);
      assert.equal([...indices!.data], [0, 2, 4, 5, 3, 1]);
    },
  },
  "random/dropout": {
    "what is dropped is 0, whatever x holds, also NaN": () => {
      const count = 67;
      const stream = array([4], new Float32Array(Uint32Array.of(5, 2, 8, 0).buffer));
      const ones = run("dropout", [filled([count], 1), stream], { rate: 0.5 });
      const isKept = [...ones.outputs[0]!.data].map((y) => y !== 0);
      assert.ok(isKept.slice(64).includes(false) && isKept.slice(0, 64).includes(false), "some are dropped everywhere");
      for (const value of [NaN, Infinity]) {
        const { outputs } = run("dropout", [filled([count], value), stream], { rate: 0.5 });
        outputs[0]!.data.forEach((y, i) =>
          assert.is(Object.is(y, isKept[i] ? value : 0), true, `element ${i} is ${y}`),
        );
        const dy = filled([count], value);
        const [dx] = run("dropout", [filled([count], 1), stream], { rate: 0.5 }, [dy]).gradients;
        dx!.data.forEach((d, i) => assert.is(Object.is(d, isKept[i] ? value : START), true, `gradient ${i} is ${d}`));
      }
    },
  },
  "tables/compareCells": {
    "NaN compares as false": () => {
      for (const relation of relations) {
        const attributes = { relation };
        const cells = filled([2, 1, COLUMNS], 1);
        const [p, w] = [filled([2, 1, COLUMNS], 1), filled([1, 1], 1)];
        for (const [x, q] of [
          [filled(cells.shape, NaN), filled([1, 1], 1)],
          [cells, filled([1, 1], NaN)],
          [filled(cells.shape, NaN), filled([1, 1], NaN)],
        ] as const) {
          const { outputs, gradients } = run("compareCells", [x, p, q, w], attributes);
          assert.ok(
            outputs[0]!.data.every((y) => y === 0),
            relation,
          );
          assert.is(gradients[3]!.data[0], START, relation);
        }
      }
    },
  },
  "optimizer/globalNorm": {
    "NaN gives NaN": () => {
      for (let at = 0; at < 19; ++at) {
        const g = new Float32Array(19).fill(1).with(at, NaN);
        const { norm } = runInstruction(engine, Opcode.globalNorm, { norm: floats(0), g }, { sizes: [19] });
        assert.equal([...norm], [NaN], `NaN at ${at}`);
      }
    },
  },
  "optimizer/clipByNorm": {
    "a norm of NaN changes nothing; a norm of ∞ leaves zeros, and NaN where g is ∞": () => {
      const clipped = (norm: number, g: Float32Array): number[] => [
        ...runInstruction(engine, Opcode.clipByNorm, { g, norm: floats(norm) }, { sizes: [g.length], scalars: [2] }).g,
      ];
      const g = floats(1, -2, NaN, 3e38, Infinity, 5, -Infinity);
      assert.equal(clipped(NaN, g), [...g]);
      assert.equal(
        clipped(Infinity, g).map((v) => v + 0), // −0 is 0
        [0, 0, NaN, 0, NaN, 0, NaN],
      );
    },
  },
  "optimizer/clipByValue": {
    "NaN stays NaN": () => {
      for (let at = 0; at < COLUMNS; ++at) {
        const g = floats(...Array<number>(COLUMNS).fill(5)).with(at, NaN);
        const after = runInstruction(engine, Opcode.clipByValue, { g }, { sizes: [COLUMNS], scalars: [2] });
        assert.equal([...after.g], Array<number>(COLUMNS).fill(2).with(at, NaN));
      }
    },
  },
  "optimizer/expectFinite": {
    "x − x is NaN, some bit set, for NaN and ±∞": () => {
      for (let at = 0; at < COLUMNS; ++at) {
        for (const [value, status] of [
          [NaN, 2],
          [Infinity, 2],
          [-Infinity, 2],
          [3e38, 0],
        ] as const) {
          const x = new Float32Array(COLUMNS).with(at, value);
          assert.is(runInstruction(engine, Opcode.expectFinite, { x }, { sizes: [COLUMNS] }).status, status);
        }
      }
    },
  },
};

for (const [kernel, texts] of Object.entries(promises)) {
  const promised = suite(`NaN: ${kernel}`);
  for (const [text, check] of Object.entries(texts)) promised(text, check);
  promised.run();
}

const table = suite("NaN: the table");
table("has every kernel whose head comment speaks of NaN, and no other", () => {
  const files = readdirSync(kernels, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const speaking = files.filter((file) => {
    const text = readFileSync(new URL(file, kernels), "utf8");
    return text.slice(0, text.indexOf("*/")).includes("NaN");
  });
  assert.equal(
    speaking.map((file) => file.replaceAll("\\", "/").replace(/\.ts$/, "")).sort(),
    Object.keys(promises).sort(),
  );
});
table.run();
