import { Parameter } from "./parameter.js";
import type { OpNode } from "./op.js";
import type { Scan } from "./scan.js";
import { expectShape, type Shape } from "./shape.js";
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
    const dimension = this.dimensions.get(name) ?? new Dimension(name);
    this.dimensions.set(name, dimension);
    return dimension;
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
    if (this.inputs.has(name)) throw new Error(`The graph already has "${name}"`);
    expectShape("input", name, shape, shape.map(ownLength));
    const tensor = new Tensor(this.root, shape, `input ${name}`);
    this.inputs.set(name, tensor);
    return tensor;
  }

  /** A value that the host reads after a run. */
  output(name: string, tensor: Tensor): void {
    this.#expect("output", name, tensor, ownLength);
    this.outputs.set(name, tensor);
  }

  /** A scalar of which the host reads the sum over all shards of the batch. */
  result(name: string, scalar: Tensor): void {
    this.#expect("result", name, scalar, () => 1);
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
    if (this.traced.has(name)) throw new Error(`The graph already has "${name}"`);
    this.traced.set(name, tensor);
  }

  #expect(what: string, name: string, tensor: Tensor, wanted: (axis: Shape[number]) => Shape[number]): void {
    if (tensor.scope !== this.root)
      throw new Error(`The ${what} "${name}" (${tensor.origin}) is in a scan's body: return it`);
    expectShape(what, name, tensor.shape, tensor.shape.map(wanted));
  }
}

/** What goes in and out has axes whose lengths a run says, and no multiples of these. */
const ownLength = (axis: Shape[number]): Shape[number] => (axis as Dimension).dimensions?.[0] ?? axis;
