/** Optimizers of a user's own: graphs of public ops. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  adam,
  copyTask,
  linear,
  loadCheckpoint,
  Model,
  sgd,
  train,
  type AnyTask,
  type Objective,
  type Optimizer,
  type TrainOptions,
} from "../bindings/core.js";
import type { Engine } from "../bindings/engine/engine.js";
import {
  add,
  affine,
  clip,
  concat,
  defineOptimizer,
  divide,
  exp,
  inputsOf,
  log,
  multiply,
  Graph,
  part,
  reshape,
  ShapeError,
  subtract,
  sum,
  type OptimizerDefinition,
  type Parameter,
  type Tensor,
} from "../bindings/graph.js";
import { RecurrentNetwork } from "../bindings/models.js";
import { array } from "./support/array.js";
import { close } from "./support/close.js";
import { testEngine, threadedTestEngine } from "./support/engine.js";
import { rejectedBy, thrownBy } from "./support/thrown.js";

const engine = await testEngine();

/** A model whose loss is θ · x: the gradient of a batch of one is the x that its task draws. */
class Dot extends Model {
  static readonly className = "Dot";
  readonly name = "Dot";
  override readonly hasOwnLoss = true;
  readonly theta: Parameter;

  constructor(readonly options: { readonly size: number; readonly seed: number }) {
    super();
    this.theta = this.parameter("theta", [1, options.size], (values, random) => {
      for (let i = 0; i < values.length; ++i) values[i] = random.uniform(-2, 2);
    });
  }

  override expectFit(): void {}

  override batchLayout(): { x: readonly (string | number)[] } {
    return { x: ["batch", this.options.size] };
  }

  override objective(graph: Graph, _task: AnyTask, batch: number): Objective {
    const { x } = inputsOf(graph, this.batchLayout(), batch);
    return { loss: sum(sum(multiply(x, this.theta))), metrics: {} };
  }
}

/** Draws gradients. */
const gradients = (size: number, drawn: (g: Float32Array) => void = () => undefined): AnyTask => ({
  name: "gradients",
  options: {},
  seed: 7,
  generate(random, count, batch) {
    batch.reset({}, count);
    const { data } = batch.fields.find(({ name }) => name === "x")!;
    for (let i = 0; i < size; ++i) data[i] = random.uniform(-1, 1);
    drawn(Float32Array.from(data.slice(0, size)));
  },
  metrics: {},
});

interface Trained {
  readonly before: Float32Array;
  readonly after: Float32Array;
  readonly state: Float32Array;
  /** Of each step. */
  readonly gradients: readonly Float32Array[];
  readonly bytes: Uint8Array;
}

/** Trains a Dot for twenty steps. */
async function trained(size: number, optimizer: Optimizer, options: TrainOptions = {}): Promise<Trained> {
  const model = new Dot({ size, seed: size });
  const before = model.parameters.values.slice();
  const seen: Float32Array[] = [];
  const task = gradients(size, (g) => seen.push(g));
  const training = train(engine, model, task, { batch: 1, steps: 20, clip: {}, optimizer, ...options });
  for await (const _ of training);
  const bytes = training.checkpoint();
  const { optimizerState: state } = loadCheckpoint(bytes, { models: [Dot] }).training!;
  return { before, after: model.parameters.values.slice(), state, gradients: seen, bytes };
}

const expectClose = (actual: ArrayLike<number>, expected: ArrayLike<number>, rtol = 1e-5, atol = 1e-5): void =>
  close(array([], Array.from(actual)), array([], Array.from(expected)), { rtol, atol });

type Rate = OptimizerDefinition["learningRate"];

/** The rule of sgd: v = μ v + g, θ −= α v. */
const heavyBall = (learningRate: Rate = 0.02, mu = 0.9): Optimizer =>
  defineOptimizer({
    name: "heavy-ball",
    learningRate,
    options: { mu },
    state: ["velocity"],
    update({ parameters, gradients, learningRate, velocity }) {
      const next = add(affine(velocity, { scale: mu }), gradients);
      return { parameters: subtract(parameters, multiply(learningRate, next)), velocity: next };
    },
  });

/** Lion. Chen et al. 2023, arXiv:2302.06675, algorithm 2. */
const [beta1, beta2, lambda] = [0.9, 0.99, 0.1];
const lion = (learningRate: Rate = 0.02): Optimizer =>
  defineOptimizer({
    name: "lion",
    learningRate,
    options: { beta1, beta2, lambda },
    state: ["mean"],
    update({ parameters, gradients, learningRate, mean }) {
      const mixed = (beta: number): Tensor =>
        add(affine(mean, { scale: beta }), affine(gradients, { scale: 1 - beta }));
      const sign = clip(affine(mixed(beta1), { scale: 1e30 }), { low: -1, high: 1 });
      const change = add(sign, affine(parameters, { scale: lambda }));
      return { parameters: subtract(parameters, multiply(learningRate, change)), mean: mixed(beta2) };
    },
  });

/** Adam, whose corrections 1 − βᵗ are running means of 1. */
const ownAdam = (): Optimizer =>
  defineOptimizer({
    name: "own-adam",
    learningRate: 0.02,
    state: ["m", "v", "correctionM", "correctionV"],
    update({ parameters, gradients, learningRate, ...state }) {
      const m = add(affine(state.m, { scale: 0.9 }), affine(gradients, { scale: 0.1 }));
      const v = add(affine(state.v, { scale: 0.999 }), affine(multiply(gradients, gradients), { scale: 0.001 }));
      const correctionM = affine(state.correctionM, { scale: 0.9, shift: 0.1 });
      const correctionV = affine(state.correctionV, { scale: 0.999, shift: 0.001 });
      const root = exp(affine(log(divide(v, correctionV)), { scale: 0.5 }));
      const change = divide(divide(m, correctionM), affine(root, { shift: 1e-8 }));
      return { parameters: subtract(parameters, multiply(learningRate, change)), m, v, correctionM, correctionV };
    },
  });

/** θ −= α g. */
const plain = (): Optimizer =>
  defineOptimizer({
    name: "plain",
    learningRate: 0.02,
    update: ({ parameters, gradients, learningRate }) => ({
      parameters: subtract(parameters, multiply(learningRate, gradients)),
    }),
  });

const rules = suite("an optimizer of one's own");
for (const size of [1, 2, 3, 4, 5, 8, 17, 67]) {
  rules(`with the rule of sgd has the bits of sgd and is its formula in f64, ${size} parameters`, async () => {
    const [own, ours] = [await trained(size, heavyBall()), await trained(size, sgd({ learningRate: 0.02 }))];
    assert.equal(own.after, ours.after);
    assert.equal(own.state, ours.state);
    const [theta, v] = [Float64Array.from(own.before), new Float64Array(size)];
    for (const g of own.gradients) {
      for (let i = 0; i < size; ++i) {
        v[i] = 0.9 * v[i]! + g[i]!;
        theta[i] = theta[i]! - 0.02 * v[i]!;
      }
    }
    assert.is(own.gradients.length, 20);
    expectClose(own.after, theta);
    expectClose(own.state, v);
  });

  rules(`Lion is its formula in f64, ${size} parameters`, async () => {
    const own = await trained(size, lion());
    const [theta, mean] = [Float64Array.from(own.before), new Float64Array(size)];
    for (const g of own.gradients) {
      for (let i = 0; i < size; ++i) {
        const sign = Math.sign(beta1 * mean[i]! + (1 - beta1) * g[i]!);
        theta[i] = theta[i]! - 0.02 * (sign + lambda * theta[i]!);
        mean[i] = beta2 * mean[i]! + (1 - beta2) * g[i]!;
      }
    }
    expectClose(own.after, theta);
    expectClose(own.state, mean);
  });

  rules(`Adam of several states is ours, ${size} parameters`, async () => {
    const [own, ours] = [await trained(size, ownAdam()), await trained(size, adam({ learningRate: 0.02 }))];
    // √ through exp and log, and 1 − βᵗ added up in f32 over twenty steps.
    expectClose(own.after, ours.after, 1e-4, 1e-4);
    expectClose(own.state.subarray(0, 2 * size), ours.state.subarray(0, 2 * size));
  });

  rules(`without state is sgd without momentum, ${size} parameters`, async () => {
    const [own, ours] = [await trained(size, plain()), await trained(size, sgd({ learningRate: 0.02, momentum: 0 }))];
    assert.equal(own.after, ours.after);
    assert.is(own.state.length, 0);
  });
}

rules("gets gradients behind clipping and noise, and the rate of the step", async () => {
  for (const options of [{ clip: { norm: 0.5 } }, { clip: { value: 0.1 } }, { gradientNoise: 0.1 }] as TrainOptions[]) {
    const rate = linear(0.1, 0.01, { end: 20 });
    const own = await trained(9, heavyBall(rate), options);
    assert.equal(own.after, (await trained(9, sgd({ learningRate: rate }), options)).after);
  }
});

rules("may return what it was given: states that change places, parameters as they are", async () => {
  const shift = defineOptimizer({
    name: "shift",
    learningRate: 1,
    state: ["one", "two", "three"],
    update: ({ parameters, gradients, one, two }) => ({ parameters, one: gradients, two: one, three: two }),
  });
  const { before, after, state, gradients } = await trained(5, shift);
  assert.equal(after, before);
  assert.equal([...state], [...gradients.at(-1)!, ...gradients.at(-2)!, ...gradients.at(-3)!]);
});

rules("stopped and resumed it has the bytes of a run that was never stopped", async () => {
  for (const make of [heavyBall, lion, ownAdam, plain]) {
    const whole = await trained(9, make());
    const stopped = await trained(9, make(), { steps: 8 });
    const resumed = await trained(9, make(), { resume: stopped.bytes });
    assert.is(resumed.gradients.length, 12);
    assert.equal(resumed.bytes, whole.bytes);
  }
});

rules("a checkpoint is resumed with its name and options alone", async () => {
  const { bytes } = await trained(5, heavyBall());
  const { name, options } = loadCheckpoint(bytes, { models: [Dot] }).training!.optimizer;
  assert.equal({ name, options }, { name: "heavy-ball", options: { learningRate: 0.02, mu: 0.9 } });
  for (const other of [heavyBall(0.02, 0.8), heavyBall(0.01), lion(), sgd({ learningRate: 0.02 })]) {
    const error = await rejectedBy(trained(5, other, { resume: bytes }));
    assert.match(error.message, /Cannot resume: the checkpoint's optimizer is .*heavy-ball.*, and must be /);
  }
});

rules("learns with the bits of one thread on any number of threads", async () => {
  const task = copyTask({ bits: 2, maxLength: 2, seed: 4 });
  const run = async (on: Engine): Promise<{ losses: number[]; values: string }> => {
    const model = new RecurrentNetwork({ inputSize: 3, outputSize: 2, cell: "gru", hiddenSize: 16, seed: 1 });
    const losses: number[] = [];
    const training = train(on, model, task, { batch: 32, steps: 60, optimizer: lion(3e-3) });
    for await (const { loss } of training) losses.push(loss);
    return { losses, values: model.parameters.values.join() };
  };
  const alone = await run(await testEngine("release"));
  assert.ok(alone.losses.at(-1)! < 0.7 * alone.losses[0]!, `${alone.losses[0]} → ${alone.losses.at(-1)}`);
  for (const threads of [2, 3]) {
    const team = await threadedTestEngine({ threads });
    assert.equal(await run(team), alone);
    team.dispose();
  }
});
rules.run();

const refused = suite("an optimizer that is none");

const usual = { name: "own", learningRate: 0.1, update: ({ parameters }: { parameters: Tensor }) => ({ parameters }) };
const definitions: readonly (readonly [definition: object, message: RegExp])[] = [
  [{ ...usual, name: 3 }, /defineOptimizer: the name is 3, and must be a text/],
  [{ ...usual, name: "" }, /defineOptimizer: the name is "", and must be a text/],
  [{ ...usual, update: undefined }, /own: the update is undefined, and must be a function/],
  [{ ...usual, learningRate: undefined }, /own: learningRate is undefined, and must be a positive number or/],
  [{ ...usual, learningRate: -1 }, /own: learningRate is -1, and must be a positive number/],
  [{ ...usual, options: { mu: NaN } }, /own: mu is NaN, and must be a finite number/],
  [{ ...usual, options: { mu: "0.9" } }, /own: mu is "0\.9", and must be a finite number/],
  [{ ...usual, options: { learningRate: 1 } }, /own: the options have a learningRate, which is beside them/],
  [{ ...usual, state: "v" }, /own: the state is "v", and must be an array of names other than parameters/],
  [{ ...usual, state: ["v", "v"] }, /own: the state is an array, and must be an array of names other than parameters/],
  [{ ...usual, state: ["gradients"] }, /own: the state is an array, and must be an array of names other than/],
  [{ ...usual, momentum: 0.9 }, /defineOptimizer has no option "momentum"; it has name, learningRate, options/],
];
for (const [definition, message] of definitions) {
  refused(String(message), () => {
    const error = thrownBy(() => defineOptimizer(definition as never));
    assert.ok(error instanceof TypeError || error instanceof RangeError);
    assert.match(error.message, message);
  });
}

const model = new Dot({ size: 4, seed: 1 });
type Given = Readonly<Record<"parameters" | "gradients" | "v", Tensor>>;
const updates: readonly (readonly [what: string, update: (given: Given) => unknown, message: RegExp])[] = [
  ["nothing", () => undefined, /own: the update returns nothing, and must return a tensor for each of parameters, v/],
  ["too little", ({ parameters }) => ({ parameters }), /own: the update returns parameters, and must return a tensor/],
  [
    "too much",
    ({ parameters, gradients, v }) => ({ parameters, gradients, v }),
    /own: the update returns parameters, gradients, v, and must return/,
  ],
  ["numbers", ({ v }) => ({ parameters: 1, v }), /own: the update returns parameters, v, and must return a tensor for/],
  [
    "another shape",
    ({ parameters, v }) => ({ parameters: part(parameters, { end: 2 }), v }),
    /own: the next parameters is \(2\), and must be \(4\)/,
  ],
  ["ops of two shapes", ({ parameters, v }) => ({ parameters: add(parameters, concat([v, v])), v }), /add: b is \(8\)/],
  [
    "parameters of the model",
    ({ v }) => ({ parameters: reshape(v.scope.graph.parameter(model.theta), [4]), v }),
    /own: the update takes inputs or parameters of the graph, and must take the tensors it is given/,
  ],
  [
    "random numbers",
    ({ parameters, v }) => (parameters.scope.graph.random(), { parameters, v }),
    /own: the update takes inputs or parameters of the graph, and must take the tensors it is given/,
  ],
  [
    "tensors of another graph",
    ({ v }) => ({ parameters: new Graph().input("x", [4]), v }),
    /own: the next parameters is of another graph or a scan's body, and must be of the update's/,
  ],
];
for (const [what, update, message] of updates) {
  refused(`in an update: ${what}`, async () => {
    const optimizer = defineOptimizer({ ...usual, state: ["v"], update: update as never });
    const before = engine.memory.used;
    const error = await rejectedBy(train(engine, model, gradients(4), { batch: 1, optimizer }).next());
    assert.ok(error instanceof TypeError || error instanceof ShapeError, error.stack);
    assert.match(error.message, message);
    assert.is(engine.memory.used, before);
  });
}
refused.run();
