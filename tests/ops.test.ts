import { suite } from "uvu";
import * as assert from "uvu/assert";
import * as ops from "../bindings/graph/ops/index.js";
import { Random } from "../bindings/common/random/philox.js";
import { opTests, type OpName } from "./ops/index.js";
import { uniform, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { KernelRun } from "./support/kernel.js";
import { numericalGradients } from "./support/numericalGradients.js";
import { inputsOf, type OpTest } from "./support/opTest.js";

const engine = await testEngine();
const shapesOf = (inputs: readonly NDArray[]): string => inputs.map(({ shape }) => `(${shape})`).join(" ");

const forward = suite("forward equals the f64 reference, between guard words");
const backward = suite("backward equals central differences in f64, and adds");
for (const [name, { reference, cases }] of Object.entries(opTests) as [OpName, OpTest][]) {
  const { definition } = ops[name];
  const truth = reference as (inputs: readonly NDArray[], attributes: unknown) => NDArray[];
  cases.forEach((row, i) => {
    const { attributes, constant = [], rtol = 1e-5, atol = 1e-6 } = row;
    const inputs = inputsOf(row, new Random(name.length, 7));
    const title = `${name} ${shapesOf(inputs)} #${i}`;

    forward(title, () => {
      const run = new KernelRun(engine, definition, inputs, attributes);
      const expected = truth(inputs, attributes);
      const actual = run.forward();
      assert.is(actual.length, expected.length);
      actual.forEach((y, o) => close(y, expected[o]!, { rtol, atol }));
      run.free();
    });

    if (!definition.backward) return;
    backward(title, () => {
      const random = new Random(name.length, 8);
      const dy = truth(inputs, attributes).map((y) => uniform(random, y.shape, -1, 1));
      const wanted = (input: number): boolean => !constant.includes(input);
      const expected = numericalGradients((xs) => truth(xs, attributes), inputs, dy, { wanted });
      for (const start of [0, 0.5]) {
        const run = new KernelRun(engine, definition, inputs, attributes);
        run.forward();
        run.backward(dy, start).forEach((dx, input) => {
          if (!wanted(input)) return;
          const shifted = { shape: dx.shape, data: expected[input]!.data.map((value) => value + start) };
          close(dx, shifted, { rtol: rtol * 2, atol: atol * 4 });
        });
        run.free();
      }
    });
  });
}
forward.run();
backward.run();
