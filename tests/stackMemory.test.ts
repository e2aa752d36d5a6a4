/** Neural stacks, queues and deques as layers: the paper's numbers, and controllers of any kind. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Random } from "../bindings/common/random/philox.js";
import { concat, constant, Graph, relu, scan, tanh, type Tensor } from "../bindings/graph.js";
import { compile } from "../bindings/graph/compile.js";
import {
  GRUCell,
  Layer,
  Linear,
  LSTMCell,
  moveStack,
  StackCell,
  type Cell,
  type StackCellState,
  type StackKind,
  type StackMemoryState,
} from "../bindings/layers.js";
import { evaluate, load, RecurrentModel, save, train, adam } from "../bindings/library.js";
import { compileModel } from "../bindings/compile.js";
import { loadCompiled } from "../bindings/compiled/loadCompiled.js";
import { OutputError } from "../bindings/runtime/outputError.js";
import { NotFiniteError } from "../bindings/training/errors.js";
import { transductionTask } from "../bindings/tasks.js";
import { array, type NDArray } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine } from "./support/engine.js";
import { runProgram } from "./support/program.js";
import { memoryStep, type Memory } from "./systems/neuralStackReference.js";
import { thrownBy } from "./support/thrown.js";

const engine = await testEngine();

/** Strengths and weights after each step of given pushes and pops; row k holds unit vector k, so a reading is weights. */
function moved(memory: StackKind, push: readonly number[][], pop: readonly number[][], slots = push.length) {
  const ends = push[0]!.length;
  const time = push.length;
  const width = ends * time;
  const graph = new Graph();
  const input = (name: string, ...size: number[]): Tensor => graph.input(name, [time, 1, ends, ...size]);
  const [d, u, v] = [input("push"), input("pop"), input("pushed", width)];
  const initial: StackMemoryState = {
    values: constant(graph, [1, ends, slots, width], 0),
    strengths: constant(graph, [1, ends, slots], 0),
    read: constant(graph, [1, ends * width], 0),
  };
  const [, ys] = scan(
    (state: StackMemoryState, [push, pop, pushed]: readonly [Tensor, Tensor, Tensor]) => {
      const [next, weights] = moveStack(memory, state, { push, pop, pushed });
      return [next, [next.strengths, weights, next.read] as const];
    },
    initial,
    [d, u, v] as const,
  );
  ["strengths", "weights", "read"].forEach((name, i) => graph.output(name, ys[i]!));
  const pushed = Array.from({ length: time * ends }, (_, k) =>
    Array.from({ length: width }, (_, j) => Number(j === k)),
  );
  const run = runProgram(engine, compile(graph), {
    push: array([time, 1, ends], push.flat()),
    pop: array([time, 1, ends], pop.flat()),
    pushed: array([time, 1, ends, width], pushed.flat()),
  });
  const row = ({ data }: NDArray, t: number, size: number): number[] =>
    Array.from(data.slice(t * size, (t + 1) * size));
  return Array.from({ length: time }, (_, t) => ({
    /** Row 1 first, of a deque the bottom, without rows that are not there yet. */
    strengths: ordered(row(run.outputs["strengths"]!, t, ends * slots), slots, t + 1),
    weights: Array.from({ length: ends }, (_, side) =>
      ordered(row(run.outputs["weights"]!, t * ends + side, ends * slots), slots, t + 1),
    ).flat(),
    /** By the number of the unit vector, of each side. */
    read: row(run.outputs["read"]!, t, ends * width),
  }));
}

/** Rows as the paper has them, from what stands behind its ends with the newest first. */
function ordered(rows: readonly number[], slots: number, steps: number): number[] {
  const [first, second = []] = [rows.slice(0, slots), rows.slice(slots)];
  if (!second.length) return first.slice(0, steps).reverse();
  return [...first.slice(0, steps), ...second.slice(0, steps).reverse()];
}

const near = (actual: readonly number[], expected: readonly number[]): void =>
  close(array([actual.length], [...actual]), array([expected.length], [...expected]), { rtol: 0, atol: 1e-6 });

const numbers = suite("stack memories: the paper's numbers");
const one = (values: readonly number[]): number[][] => values.map((value) => [value]);
const [push, pop] = [one([0.8, 0.5, 0.9, 0.2]), one([0, 0.1, 0.9, 0.6])];

numbers("a stack has the strengths of figure 1 and one step more, and reads from the top", () => {
  const steps = moved("stack", push, pop);
  const strengths = [[0.8], [0.7, 0.5], [0.3, 0, 0.9], [0.3, 0, 0.3, 0.2]];
  const weights = [[0.8], [0.5, 0.5], [0.1, 0, 0.9], [0.3, 0, 0.3, 0.2]];
  steps.forEach((step, t) => {
    near(step.strengths, strengths[t]!);
    near(step.weights, weights[t]!);
    near(step.read.slice(0, t + 1), weights[t]!);
  });
});

numbers("a queue pops and reads from the front", () => {
  const steps = moved("queue", push, pop);
  const strengths = [[0.8], [0.7, 0.5], [0, 0.3, 0.9], [0, 0, 0.6, 0.2]];
  const weights = [[0.8], [0.7, 0.3], [0, 0.3, 0.7], [0, 0, 0.6, 0.2]];
  steps.forEach((step, t) => {
    near(step.strengths, strengths[t]!);
    near(step.weights, weights[t]!);
    near(step.read.slice(0, t + 1), weights[t]!);
  });
});

numbers("a deque pops its top, then its bottom, and pushes at both ends", () => {
  const steps = moved(
    "deque",
    [
      [0.6, 0.3],
      [0.2, 0.7],
      [0.1, 0.9],
    ],
    [
      [0, 0],
      [0.5, 0.4],
      [0.3, 0.8],
    ],
  );
  const strengths = [
    [0.6, 0.3],
    [0.2, 0, 0, 0.7],
    [0.1, 0, 0, 0, 0, 0.9],
  ];
  steps.forEach((step, t) => near(step.strengths, strengths[t]!));
});

for (const memory of ["stack", "queue", "deque"] as const) {
  numbers(`a ${memory} of many steps has the strengths, weights and readings of the equations`, () => {
    const random = new Random(5);
    const ends = memory === "deque" ? 2 : 1;
    const time = 9;
    const draw = (): number[][] =>
      Array.from({ length: time }, () => Array.from({ length: ends }, () => Math.fround(random.uniform(0, 1))));
    const [push, pop] = [draw(), draw()];
    const steps = moved(memory, push, pop);
    let state: Memory = { values: [], strengths: [] };
    steps.forEach((step, t) => {
      const pushed = Array.from({ length: ends }, (_, e) =>
        Array.from({ length: ends * time }, (_, j) => Number(j === t * ends + e)),
      );
      const [next, { read, weights }] = memoryStep(memory, state, { push: push[t]!, pop: pop[t]!, pushed });
      near(step.strengths, next.strengths);
      near(step.read, read.flat());
      near(step.weights, weights.flat());
      state = next;
    });
  });
}
numbers.run();

/** h = relu(x W + h U): a cell that this library does not have. */
class OwnCell extends Layer implements Cell<Tensor> {
  readonly outputSize: number;
  readonly stateSize: number;
  readonly whole: Linear;

  constructor(inputSize: number, hiddenSize: number) {
    super();
    this.outputSize = this.stateSize = hiddenSize;
    this.whole = this.layer("whole", new Linear({ inputSize: inputSize + hiddenSize, outputSize: hiddenSize }));
  }

  initialState(graph: Graph, batch: number): Tensor {
    return constant(graph, [batch, this.outputSize], 0);
  }
  project(x: Tensor): Tensor {
    return x;
  }
  advance(x: Tensor, h: Tensor, rest?: Tensor): Tensor {
    return this.step(rest ? concat([x, rest]) : x, h);
  }
  step(x: Tensor, h: Tensor): Tensor {
    return relu(this.whole.forward(concat([x, h])));
  }
  output(h: Tensor): Tensor {
    return h;
  }
  flat(h: Tensor): Tensor {
    return h;
  }
}

const controllers = {
  LSTM: (inputSize: number) => new LSTMCell({ inputSize, hiddenSize: 12 }),
  GRU: (inputSize: number) => new GRUCell({ inputSize, hiddenSize: 12 }),
  own: (inputSize: number) => new OwnCell(inputSize, 12),
} as const;

interface OwnOptions {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly controller: keyof typeof controllers;
  readonly memory: StackKind;
  readonly capacity: number;
  readonly seed: number;
}

/** Model of a user's own, of a controller with a memory. */
class OwnModel extends RecurrentModel<StackCellState> {
  static readonly className = "OwnModel";
  readonly name = OwnModel.className;
  readonly cell: StackCell;
  readonly output: Linear;

  constructor(readonly options: OwnOptions & Readonly<Record<string, unknown>>) {
    super();
    const { inputSize, outputSize, memory, capacity } = options;
    const controller = controllers[options.controller];
    this.cell = this.layer("cell", new StackCell({ inputSize, width: 6, memory, controller, capacity }));
    this.output = this.layer("output", new Linear({ inputSize: this.cell.outputSize, outputSize }));
  }

  override initialState(graph: Graph, batch: number): StackCellState {
    return this.cell.initialState(graph, batch);
  }

  override step(x: Tensor, state: StackCellState): [Tensor, StackCellState] {
    const next = this.cell.step(x, state);
    return [this.output.forward(tanh(this.cell.output(next))), next];
  }
}

const cells = suite("stack memories: any controller drives one");
const task = transductionTask({ mapping: "reversal", symbols: 3, minLength: 1, maxLength: 3, seed: 1 });
const { inputSize, outputSize } = task;

for (const controller of ["LSTM", "GRU", "own"] as const) {
  for (const memory of ["stack", "queue", "deque"] as const) {
    cells(`${controller} with a ${memory}: trains, saves, loads, compiles and streams the same`, async () => {
      const model = new OwnModel({ inputSize, outputSize, controller, memory, capacity: 8, seed: 1 });
      const before = await evaluate(engine, model, task, { sequences: 32 });
      for await (const { step } of train(engine, model, task, { batch: 8, optimizer: adam({ learningRate: 0.01 }) })) {
        if (step === 30) break;
      }
      const after = await evaluate(engine, model, task, { sequences: 32 });
      assert.ok(after.loss < before.loss, `${after.loss} < ${before.loss}`);
      const random = new Random(2);
      const inputs = Array.from({ length: 8 }, () => Array.from({ length: inputSize }, () => random.uniform(-1, 1)));
      const { outputs } = model.run(engine, inputs);
      assert.equal(model.run(engine, [inputs.slice(0, 3), inputs]).outputs[1], outputs);
      assert.equal(load(save(model), { models: [OwnModel] }).run(engine, inputs).outputs, outputs);
      const compiled = loadCompiled(compileModel(model));
      for (const session of [model.session(engine), compiled.session(engine)]) {
        inputs.forEach((row, t) => assert.equal(session.step(row), outputs[t]));
        session.dispose();
      }
    });
  }
}

const steady = (steps: number): number[][] =>
  Array.from({ length: steps }, () => new Array<number>(inputSize).fill(0.5));
const own = (memory: StackKind, capacity: number): OwnModel =>
  new OwnModel({ inputSize, outputSize, controller: "LSTM", memory, capacity, seed: 1 });

for (const memory of ["stack", "deque"] as const) {
  cells(`a push onto a full ${memory} is refused, in runs, in sessions and in training`, async () => {
    const model = own(memory, 4);
    const inputs = steady(6);
    assert.equal(model.run(engine, inputs.slice(0, 5)).outputs.length, 5, "what was lost is read a step later");
    assert.instance(
      thrownBy(() => model.run(engine, inputs)),
      OutputError,
    );
    const session = model.session(engine);
    inputs.slice(0, 5).forEach((row) => session.step(row));
    assert.instance(
      thrownBy(() => session.step(inputs[5]!)),
      OutputError,
    );
    session.reset();
    assert.ok(Array.from(session.step(inputs[0]!)).every(Number.isFinite));
    session.dispose();
    let error: unknown;
    try {
      for await (const _ of train(engine, model, task, { batch: 8, seed: 1 })) break;
    } catch (cause) {
      error = cause;
    }
    assert.instance(error, NotFiniteError);
  });
}

cells("a row that was popped whole leaves its room to others, and nothing is lost", () => {
  const [push, pop] = [one([0.5, 0.5, 0.5, 0.5]), one([0, 0.5, 0.5, 0.5])];
  const [whole, small] = [undefined, 2].map((slots) => moved("queue", push, pop, slots).map(({ read }) => read));
  assert.equal(small, whole);
});
cells.run();
