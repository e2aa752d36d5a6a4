import { Parameter } from "./parameter.js";
import type { OpNode } from "./op.js";
import type { Scan } from "./scan.js";
import { format, ShapeError, type Shape } from "./shape.js";
import { Dimension } from "./size.js";
import { Streams } from "./streams.js";
import { Tensor } from "./tensor.js";

export type Node = OpNode | Scan;

/** The nodes of a program, or of one scan's body, in the order in which they were recorded. */
export class Scope {
  readonly nodes: Node[] = [];
  readonly depth: number;

  constructor(
    readonly graph: Graph,
    readonly parent?: Scope,
  ) {
    this.depth = parent ? parent.depth + 1 : 0;
  }

  contains(inner: Scope): boolean {
    for (let scope: Scope | undefined = inner; scope; scope = scope.parent) if (scope === this) return true;
    return false;
  }
}

/** What a model's function leaves behind when it is called with symbolic tensors. Nothing has run yet. */
export class Graph {
  /**
   * Nodes outside of all scans.
   *
   * @internal
   */
  readonly root = new Scope(this);
  /**
   * Where the next op is recorded: the root, or the body of the scan being recorded.
   *
   * @internal
   */
  current: Scope = this.root;

  readonly dimensions = new Map<string, Dimension>();
  readonly #multiples = new Map<string, Dimension>();
  readonly inputs = new Map<string, Tensor>();
  /** How many symbols there are, for tensors whose numbers choose one. */
  readonly symbols = new Map<Tensor, number>();
  readonly outputs = new Map<string, Tensor>();
  /** Scalars summed over the shards of a batch: the loss, and what a task measures. */
  readonly results = new Map<string, Tensor>();
  readonly parameters = new Map<Parameter, Tensor>();
  /** Values that somebody may want to look at, by name. */
  readonly traced = new Map<string, Tensor>();

  readonly #streams = new Streams(this);

  /** `isTraining`: whether gradients will be taken; dropout and soft choices look at it. */
  constructor(readonly isTraining = false) {}

  /** A length known only at run time. The same name is the same dimension. */
  dimension(name: string): Dimension {
    let dimension = this.dimensions.get(name);
    if (!dimension) this.dimensions.set(name, (dimension = new Dimension(name)));
    return dimension;
  }

  /**
   * A whole number of times as long as a dimension, such as the frames of a recording, of which every four become one
   * annotation. The same of both is the same dimension. A run says how long the dimension is, and nothing of this.
   *
   * @throws RangeError when the factor is no whole number of at least 2.
   */
  multiple(of: Dimension, factor: number): Dimension {
    if (!Number.isInteger(factor) || factor < 2)
      throw new RangeError(`multiple: the factor is ${factor}, and must be a whole number of at least 2`);
    const whole = of.multiple ?? { factor: 1, of };
    const multiple = { factor: factor * whole.factor, of: whole.of };
    const name = `${multiple.factor}·${multiple.of.name}`;
    let found = this.#multiples.get(name);
    if (!found) this.#multiples.set(name, (found = new Dimension(name, multiple)));
    return found;
  }

  /**
   * A random stream, (4), for ops such as `uniform` and `dropout`: one that no other draw of the graph has. It is the
   * same in every iteration of a scan; draw outside and scan over what was drawn where iterations must differ. Training
   * gives every step and shard other streams, and a run those of its `seed`.
   */
  random(): Tensor {
    return this.#streams.next();
  }

  /** A value that the host writes before a run. */
  input(name: string, shape: Shape): Tensor {
    if (this.inputs.has(name)) throw new Error(`The graph already has an input "${name}"`);
    expectOwnLengths(`input "${name}"`, shape);
    const tensor = new Tensor(this.root, shape, `input ${name}`);
    this.inputs.set(name, tensor);
    return tensor;
  }

  /** A value that the host reads after a run. */
  output(name: string, tensor: Tensor): void {
    this.#expectInRoot(`output "${name}"`, tensor);
    expectOwnLengths(`output "${name}"`, tensor.shape);
    this.outputs.set(name, tensor);
  }

  /** A scalar of which the host reads the sum over all shards of the batch. */
  result(name: string, scalar: Tensor): void {
    this.#expectInRoot(`result "${name}"`, scalar);
    if (scalar.shape.some((axis) => axis !== 1)) {
      throw new Error(`The result "${name}" is ${format(scalar.shape)}, and must be a scalar`);
    }
    this.results.set(name, scalar);
  }

  /** A parameter as a tensor of this graph. */
  parameter(parameter: Parameter): Tensor {
    let tensor = this.parameters.get(parameter);
    if (!tensor) {
      tensor = new Tensor(this.root, parameter.shape, `parameter ${parameter.path}`);
      this.parameters.set(parameter, tensor);
    }
    return tensor;
  }

  /** Names a value so that a run can be asked for it. Inside a scan it is collected over the iterations. */
  trace(name: string, tensor: Tensor): void {
    if (this.traced.has(name)) throw new Error(`The graph already traces a value named "${name}"`);
    this.traced.set(name, tensor);
  }

  #expectInRoot(what: string, tensor: Tensor): void {
    if (tensor.scope !== this.root) {
      throw new Error(`The ${what} (${tensor.origin}) belongs to a scan's body; return it from the scan instead`);
    }
  }
}

/** What goes in and out has axes whose lengths a run says. */
function expectOwnLengths(what: string, shape: Shape): void {
  const multiple = shape.find((axis) => typeof axis !== "number" && axis.multiple);
  if (!multiple) return;
  const { factor, of } = (multiple as Dimension).multiple!;
  throw new ShapeError(
    `The ${what} is ${format(shape)}, and an axis of what goes in or out cannot be the multiple ${multiple}: ` +
      `reshape it to two axes, ${of} and ${factor}`,
    what,
    `axes ${of}, ${factor}`,
    String(multiple),
  );
}
