import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { Random } from "../../bindings/common/random/philox.js";
import { compileModel } from "../../bindings/compiled/compileModel.js";
import { loadCompiled } from "../../bindings/compiled/loadCompiled.js";
import { compileGradients } from "../../bindings/graph/compileGradients.js";
import { Graph } from "../../bindings/graph/graph.js";
import * as ops from "../../bindings/graph/ops/index.js";
import { load } from "../../bindings/load.js";
import { drawMemory, exampleOf } from "../../bindings/systems/neuralRandomAccessMachine/algorithms.js";
import { circuitPicture } from "../../bindings/systems/neuralRandomAccessMachine/circuitPicture.js";
import {
  circuitOf,
  integerStep,
  runIntegers,
} from "../../bindings/systems/neuralRandomAccessMachine/integerMachine.js";
import {
  applyModule,
  circuitLayout,
  machineModules,
} from "../../bindings/systems/neuralRandomAccessMachine/modules.js";
import {
  NeuralRandomAccessMachine,
  type NeuralRandomAccessMachineOptions,
} from "../../bindings/systems/neuralRandomAccessMachine/neuralRandomAccessMachine.js";
import { drawMemories, ramTask } from "../../bindings/systems/neuralRandomAccessMachine/ramTask.js";
import { copyTask } from "../../bindings/tasks/copy.js";
import { evaluate } from "../../bindings/training/evaluate.js";
import { adam } from "../../bindings/training/optimizers.js";
import { train } from "../../bindings/training/train.js";
import { array, uniform, weighting, type NDArray } from "../support/array.js";
import { close } from "../support/close.js";
import { testEngine } from "../support/engine.js";
import { KernelRun } from "../support/kernel.js";
import { numericalGradients } from "../support/numericalGradients.js";
import { runProgram } from "../support/program.js";
import { thrownBy } from "../support/thrown.js";
import { machinePass, moduleOn, type MachineExample } from "./nramReference.js";
import { wiredMachine, type Wires } from "./wiredMachine.js";

const engine = await testEngine();
const CELLS = 4;
const tiny: NeuralRandomAccessMachineOptions = { registers: 2, hiddenSize: 3, gradientLimit: 1e6, seed: 3 };
const variants: Record<string, Partial<NeuralRandomAccessMachineOptions>> = {
  "a feed-forward controller": {},
  "an LSTM": { controller: "lstm" },
  "two lists of modules": { lists: 2, registers: 1, hiddenSize: 2 },
  "one register": { registers: 1 },
};

/** A machine whose choices differ, and no unit of which is at its kink. */
function lively(options: Partial<NeuralRandomAccessMachineOptions>): NeuralRandomAccessMachine {
  const model = new NeuralRandomAccessMachine({ ...tiny, ...options });
  model.parameters.set(uniform(new Random(11), [model.parameterCount], -0.9, 0.9).data);
  return model;
}

/** Memories that end after different numbers of steps. */
const examples: readonly MachineExample[] = [2, 3].map((steps, i) => ({
  ...drawMemory(i ? "increment" : "access", new Random(5, i), 2, CELLS),
  steps,
}));

/** Inputs of the graph over these examples. */
function feedOf(all: readonly MachineExample[], rows = all.length): Record<string, NDArray> {
  const steps = Math.max(...all.map((example) => example.steps));
  const fill = (length: number, valueOf: (i: number, row: number) => number): NDArray =>
    array(
      [length, rows],
      Array.from({ length: length * rows }, (_, at) => valueOf(Math.floor(at / rows), at % rows)),
    );
  return {
    memory: fill(CELLS, (cell, row) => all[row]!.memory[cell]!),
    targets: fill(CELLS, (cell, row) => all[row]!.required.get(cell) ?? 0),
    mask: fill(CELLS, (cell, row) => Number(all[row]!.required.has(cell))),
    last: fill(steps, (step, row) => Number(step + 1 >= all[row]!.steps)),
  };
}

const machines = suite("NeuralRandomAccessMachine");
for (const [what, options] of Object.entries(variants)) {
  const model = lively(options);
  const parameters = Float64Array.from(model.parameters.values);

  machines(
    `with ${what}: loss and all gradients are those of the paper's equations, and of central differences`,
    () => {
      const passes = (all: Float64Array) => examples.map((example) => machinePass(model, all, example));
      const f = ([all]: readonly NDArray[]): NDArray[] => {
        const done = passes(all!.data as Float64Array);
        const total = (of: "loss" | "entropy"): number => done.reduce((sum, pass) => sum + pass[of], 0);
        return [array([1], [total("loss")]), array([1], [-model.options.entropyBonus * total("entropy")])];
      };
      const graph = new Graph(true);
      const { loss, auxiliary } = model.objective(graph, ramTask(), examples.length);
      graph.output("loss", ops.broadcast(loss, { count: 1 }));
      graph.output("auxiliary", ops.broadcast(auxiliary!, { count: 1 }));
      graph.input("dloss", [1]);
      graph.input("dauxiliary", [1]);
      const seeds = { loss: "dloss", auxiliary: "dauxiliary" };
      const program = compileGradients(graph, { seeds, parameterCount: model.parameterCount });
      const [dloss, dauxiliary] = [array([1], [0.7]), array([1], [-0.4])];
      const run = runProgram(
        engine,
        program,
        { ...feedOf(examples), dloss, dauxiliary },
        { lengths: { cells: CELLS, steps: 3 }, parameters: model.parameters.values },
      );
      const values = array([parameters.length], parameters);
      const expected = f([values]);
      close(run.outputs["loss"]!, expected[0]!, { rtol: 1e-5, atol: 1e-5 });
      close(run.outputs["auxiliary"]!, expected[1]!, { rtol: 1e-5, atol: 1e-5 });
      const [gradients] = numericalGradients(f, [values], [dloss, dauxiliary]);
      close(array(values.shape, run.gradients), gradients!, { rtol: 1e-3, atol: 2e-5 });
    },
  );

  machines(`with ${what}: a run answers what the paper's equations do, step by step`, () => {
    const { memory } = examples[0]!;
    const [result] = model.run(engine, [memory], { steps: 3, trace: true });
    const expected = machinePass(model, parameters, { memory, required: new Map(), steps: 3 });
    const argmax = (row: readonly number[]): number => row.indexOf(Math.max(...row));
    assert.equal(result!.memory, expected.answer.map(argmax));
    const most = (rows: readonly (readonly number[])[]): NDArray =>
      array(
        [rows.length],
        rows.map((row) => Math.max(...row)),
      );
    close(array([CELLS], result!.probabilities), most(expected.answer), { rtol: 1e-4, atol: 1e-5 });
    assert.is(result!.trace!.length, 3);
    result!.trace!.forEach(({ registers, probabilities }, t) => {
      assert.equal(registers, expected.registers[t]!.map(argmax));
      close(array([registers.length], probabilities.registers), most(expected.registers[t]!), {
        rtol: 1e-4,
        atol: 1e-5,
      });
    });
  });

  machines(`with ${what}: loaded and compiled models give the bits of a run`, () => {
    const memories = examples.map((example) => example.memory);
    const loaded = load(save(model), { models: [NeuralRandomAccessMachine] });
    assert.equal(loaded.options, model.options);
    for (const discrete of [false, true]) {
      const options = { steps: 3, trace: true, discrete };
      assert.equal(loaded.run(engine, memories, options), model.run(engine, memories, options));
    }
    const { memory, last } = feedOf(examples);
    const compiled = loadCompiled(compileModel(model, { trace: [] }));
    const { answer } = compiled.call(engine, "answer", { memory: memory!, last: last! } as never);
    assert.equal(answer!.shape, [2, CELLS, CELLS]);
    const rows = Array.from({ length: CELLS }, (_, i) => Array.from(answer!.data.subarray(i * CELLS, (i + 1) * CELLS)));
    const [alone] = model.run(engine, [memories[0]!], { steps: 2 });
    assert.equal(
      rows.map((row) => row.indexOf(Math.max(...row))),
      alone!.memory,
    );
  });
}

machines("every module is the enumeration of its arguments, and exact on whole numbers", () => {
  const cells = 7;
  for (const [i, name] of machineModules.entries()) {
    for (let a = 0; a < cells; ++a) {
      for (let b = 0; b < cells; ++b) {
        const before = Array.from({ length: cells }, (_, cell) => (3 * cell + i) % cells);
        const after = [...before];
        const value = applyModule(name, a, b, after);
        const hot = (v: number): number[] => Array.from({ length: cells }, (_, c) => Number(c === v));
        const soft = before.map(hot);
        assert.equal(moduleOn(name, hot(a), hot(b), soft), hot(value), `${name}(${a}, ${b})`);
        assert.equal(soft, after.map(hot), `memory behind ${name}(${a}, ${b})`);
      }
    }
  }
});

machines("the controller has as many outputs as the paper counts", () => {
  assert.is(circuitLayout(4, 1).outputs, 294 + 72 + 1);
  assert.is(circuitLayout(4, 1).outputs, 367);
});

machines("gradients above the limit are clipped, element by element, and renormalising passes them as they are", () => {
  const values = array([2, 3], [0.1, 0.2, 0.3, 2, 3, 5]);
  const dy = array([2, 3], [11, -12, 3, 10, -10, 0]);
  const clip = new KernelRun(engine, ops.clipGradient.definition, [values], { limit: 10 });
  assert.equal([...clip.forward()[0]!.data], [...values.data].map(Math.fround));
  assert.equal([...clip.backward([dy])[0]!.data], [10, -10, 3, 10, -10, 0]);
  clip.free();
  const renormalize = new KernelRun(engine, ops.renormalize.definition, [values], undefined);
  renormalize.forward();
  assert.equal([...renormalize.backward([dy])[0]!.data], [...dy.data]);
  renormalize.free();
});

machines("a circuit clips what comes back at its outputs, at its arguments and at its memory", () => {
  const random = new Random(19);
  const inputs = [weighting(random, [1, 2, 4]), weighting(random, [1, 4, 4])];
  const w = array(
    [1, 28 * 2 + 182],
    machineModules.flatMap((_, i) => [...weighting(random, [2 + i]).data, ...weighting(random, [2 + i]).data]),
  );
  const gradients = (limit: number, scale: number): NDArray[] => {
    const run = new KernelRun(engine, ops.circuit.definition, [...inputs, w], { limit });
    const dy = run.forward().map((y) =>
      array(
        y.shape,
        y.data.map(() => scale),
      ),
    );
    const found = run.backward(dy);
    run.free();
    return found;
  };
  // All gradients of a sum of distributions are alike: far above the limit, each is the limit.
  const [, dmemory] = gradients(10, 1e6);
  assert.ok(
    dmemory!.data.every((value) => Math.abs(value) <= 2 * 10 + 1e-4),
    "of READ and of WRITE, 10 each",
  );
  const finite = gradients(10, 1e30).every(({ data }) => data.every(Number.isFinite));
  assert.ok(finite, "no gradient overflows");
});

/** Circuits of section 10 of our sheet: the paper's printed Copy, and shorter ones. */
const ACCESS: Wires = {
  registers: 1,
  circuits: [{ READ: ["r1"], WRITE: ["ZERO", "READ"], next: ["READ"], when: () => true }],
};
const INCREMENT: Wires = {
  registers: 1,
  circuits: [
    { READ: ["r1"], INC: ["READ"], ADD: ["r1", "ONE"], WRITE: ["r1", "INC"], next: ["ADD"], when: () => true },
  ],
};
const COPY: Wires = {
  registers: 4,
  circuits: [
    {
      READ: ["r1"],
      DEC: ["READ"],
      WRITE: ["ZERO", "READ"],
      next: ["r1", "DEC", "r3", "ONE"],
      when: (isZero) => isZero[3]!,
    },
    {
      READ: ["r4"],
      ADD: ["r4", "r2"],
      INC: ["r3"],
      WRITE: ["ADD", "READ"],
      next: ["r1", "r2", "r4", "INC"],
      when: (isZero) => !isZero[3]!,
    },
  ],
};

const filled = (m: number, ...values: number[]): number[] => Array.from({ length: m }, (_, i) => values[i] ?? 0);

for (const [name, wires, memory, steps, expected] of [
  ["access", ACCESS, filled(13, 3, 1, 12, 4, 7), 2, filled(13, 4, 1, 12, 4, 7)],
  ["increment", INCREMENT, filled(16, 1, 11, 3, 8, 1, 2, 9, 8, 5, 3), 10, filled(16, 2, 12, 4, 9, 2, 3, 10, 9, 6, 4)],
  ["copy", COPY, filled(12, 6, 2, 10, 6, 8, 9), 11, filled(12, 6, 2, 10, 6, 8, 9, 2, 10, 6, 8, 9)],
] as const) {
  machines(`the circuit of ${name} does what the paper prints, with numbers and with distributions`, () => {
    const model = wiredMachine(wires);
    const [integers] = model.run(engine, [memory], { steps, discrete: true, trace: true });
    assert.equal(integers!.memory, expected);
    assert.is(integers!.steps, steps);
    const [soft] = model.run(engine, [memory], { steps, trace: true });
    assert.equal(soft!.memory, expected);
    assert.ok(Math.min(...soft!.probabilities) > 0.999, String(soft!.probabilities));
    assert.equal(
      soft!.trace!.map(({ registers }) => registers),
      integers!.trace!.map(({ registers }) => registers),
    );
    assert.equal(
      soft!.trace!.map(({ circuit }) => circuit.modules),
      integers!.trace!.map(({ circuit }) => circuit.modules),
    );
  });
}

machines("wires of a picture stay in it, also below the last register and the last module", () => {
  // READ of the last register, and ADD, further right, of the same register and READ.
  const sources = { READ: [3], ADD: [3, 4 + machineModules.indexOf("READ")] } as Readonly<Record<string, number[]>>;
  const modules = machineModules.map((module) => ({ module, sources: sources[module] ?? [] }));
  const circuit = { modules, registers: [0, 0, 0, 4 + machineModules.indexOf("ADD")], stops: false };
  const svg = circuitPicture(circuit, "wired");
  const [width, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)!.slice(1).map(Number) as [number, number];
  const paths = [...svg.matchAll(/ d="([^"]+)"/g)].map(([, path]) => path!);
  assert.ok(
    paths.some((path) => path.includes("H")),
    "no wire passes below a row",
  );
  for (const path of paths) {
    for (const [, part] of path.matchAll(/[MC]([^MCH]+)/g)) {
      part!
        .trim()
        .split(" ")
        .map(Number)
        .forEach((at, i) => assert.ok(at >= 0 && at <= (i % 2 ? height : width), path));
    }
  }
});

machines("a discretised machine stops where its controller says so", () => {
  const layout = circuitLayout(1, 1);
  const outputs = new Float32Array(layout.outputs);
  const circuit = { ...circuitOf(layout, outputs), stops: false };
  let seen = 0;
  const steps = runIntegers(() => ({ ...circuit, stops: ++seen === 3 }), [1, 2, 0], { registers: 1, steps: 9 });
  assert.is(steps.length, 3);
  assert.equal(integerStep(circuit, [0], [1, 2, 0]).outputs.length, 14);
});

machines("no parameter depends on the memory: one program runs memories of all lengths", () => {
  const model = wiredMachine(INCREMENT);
  const memories = [3, 20, 8, 20, 120].map((m) => filled(m, 1, 2));
  const results = model.run(engine, memories, { steps: 2 });
  assert.equal(
    results.map(({ memory }) => memory),
    [3, 20, 8, 20, 120].map((m) => filled(m, 2, m === 3 ? 0 : 3)),
  );
});

machines("learns to read where a pointer points, and then does so in far longer memories", async () => {
  const release = await testEngine("release");
  const model = new NeuralRandomAccessMachine({ hiddenSize: 32, entropyBonus: 0.01, seed: 101 });
  const task = ramTask({ algorithm: "access", maxLength: 4, seed: 101 });
  const options = { batch: 32, seed: 101, optimizer: adam({ learningRate: 5e-3 }), gradientNoise: 0.01 };
  for await (const { step } of train(release, model, task, options)) if (step === 250) break;
  const { cellError } = await evaluate(release, model, task, { length: 20, sequences: 32 });
  assert.is(cellError, 0);
  for (const { memory, required, steps } of drawMemories(task, { length: 20, count: 20 })) {
    const [result] = model.run(release, [memory], { steps, discrete: true });
    for (const [cell, value] of required) assert.is(result!.memory[cell], value);
  }
  release.dispose();
});

machines("says which of its options, memories and tasks is wrong", () => {
  const error = (options: object): Error => thrownBy(() => new NeuralRandomAccessMachine(options));
  assert.match(
    error({ registers: 0 }).message,
    /^NeuralRandomAccessMachine: registers is 0, and must be a whole number/,
  );
  assert.match(error({ controller: "gru" }).message, /^NeuralRandomAccessMachine: controller is "gru", and must be /);
  assert.match(error({ modules: 3 }).message, /^NeuralRandomAccessMachine has no option "modules"; it has registers, /);
  const model = lively({});
  const run = (memories: unknown, options = {}): Error => thrownBy(() => model.run(engine, memories as never, options));
  assert.match(run([1, 2, 3]).message, /^NeuralRandomAccessMachine.run: memory 0 is 1, and must be a list of numbers$/);
  assert.match(run("1 2 3").message, /the memories are "1 2 3", and must be an array of memories$/);
  assert.match(run([[1, 2]]).message, /memory 0 has 2 numbers, and must have from 3 to 1024$/);
  assert.match(run([[0, 4, 0, 1]]).message, /memory 0: cell 1 is 4, and must be a whole number from 0 to 3$/);
  assert.match(run([[0, 0.5, 0, 1]]).message, /memory 0: cell 1 is 0.5, and must be a whole number from 0 to 3$/);
  assert.match(run([[0, 1, 2, 1]], { cells: 3 }).message, /memory 0 has 4 numbers, and must have at most 3$/);
  assert.match(run([[0, 1, 2]], { steps: 0 }).message, /steps is 0, and must be a whole number from 1 to 65535$/);
  const misfit = thrownBy(() => model.expectFit("train", copyTask({ bits: 2 }) as never));
  assert.match(misfit.message, /^train: the task copy has no memories, and must be one that ramTask\(\) makes$/);
  assert.instance(misfit, TypeError);
});

machines("exampleOf refuses what is no memory of an algorithm", () => {
  const refused = (...given: Parameters<typeof exampleOf>): string => thrownBy(() => exampleOf(...given)).message;
  assert.match(refused("access", [5, 1, 2, 0, 0, 0]), /^The memory is none for access: cell 0 is 5, and must be the /);
  assert.match(refused("increment", [0, 1]), /cell 0 is 0, and must be an element$/);
  assert.match(refused("copy", [4, 1, 2, 3, 0]), /there are 5 cells, and an array of 3 needs 7$/);
  assert.match(refused("swap", [2, 9, 1, 2, 0]), /cell 1 is 9, and must be the address of an element$/);
  assert.match(refused("permutation", [3, 1, 1, 5, 6]), /cells 1 to 2 must hold 0 to 1, each once$/);
});
machines.run();
