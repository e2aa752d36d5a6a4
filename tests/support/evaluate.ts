import type { Graph, Scope } from "../../bindings/graph/graph.js";
import type { OpNode } from "../../bindings/graph/op.js";
import type { Parameter } from "../../bindings/graph/parameter.js";
import type { Scan } from "../../bindings/graph/scan.js";
import { Dimension } from "../../bindings/graph/size.js";
import type { Tensor } from "../../bindings/graph/tensor.js";
import { opTests, type OpName } from "../ops/index.js";
import { lengthOf, zeros, type NDArray } from "./array.js";

export interface Given {
  readonly inputs: Readonly<Record<string, NDArray>>;
  readonly parameters?: ReadonlyMap<Parameter, NDArray>;
  /** Lengths of the dimensions, by name. */
  readonly lengths?: Readonly<Record<string, number>>;
}

type Values = Map<Tensor, Float64Array>;
type AnyReference = (inputs: readonly NDArray[], attributes: unknown) => NDArray[];

/** Computes a recorded graph in double precision, op by op, with the references the kernels are tested against. */
export function evaluateGraph(graph: Graph, given: Given): (tensor: Tensor) => NDArray {
  const values: Values = new Map();
  const valueOf = (axis: number | Dimension): number => {
    if (typeof axis === "number") return axis;
    return axis.factor * given.lengths![axis.dimensions[0].name]!;
  };
  const shapeOf = memoized((tensor: Tensor): number[] => tensor.shape.map(valueOf));
  const attributesOf = memoized(({ attributes }: OpNode) => withLengths(attributes));
  const read = (tensor: Tensor): NDArray => {
    const data = values.get(tensor.root);
    if (!data) throw new Error(`${tensor.origin} has not been computed`);
    const shape = shapeOf(tensor);
    const size = lengthOf(shape);
    if (size === data.length) return { shape, data };
    return { shape, data: data.subarray(tensor.start, tensor.start + size) }; // a view may be a part
  };
  // Nothing is copied, since no reference writes into what it is given.
  const write = (tensor: Tensor, { data }: NDArray): void => void values.set(tensor.root, data);

  for (const [name, tensor] of graph.inputs) write(tensor, given.inputs[name]!);
  for (const [parameter, tensor] of graph.parameters) write(tensor, given.parameters!.get(parameter)!);
  run(graph.root);
  return read;

  function run(scope: Scope): void {
    for (const node of scope.nodes) {
      if (node.kind === "op") runOp(node);
      else runScan(node);
    }
  }

  /** Attributes with a length for each dimension. */
  function withLengths(attributes: unknown): unknown {
    if (attributes instanceof Dimension) return valueOf(attributes);
    if (Array.isArray(attributes)) return attributes.map(withLengths);
    if (typeof attributes !== "object" || !attributes) return attributes;
    return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, withLengths(value)]));
  }

  function runOp(node: OpNode): void {
    const { definition, inputs, outputs } = node;
    const truth = opTests[definition.name as OpName]?.reference as AnyReference | undefined;
    if (!truth) throw new Error(`There is no reference for ${definition.name}`);
    truth(inputs.map(read), attributesOf(node)).forEach((y, i) => write(outputs[i]!, y));
  }

  function runScan({ scope, steps, carried, xs, ys, halted }: Scan): void {
    const count = valueOf(steps);
    for (const { input, initial } of carried) write(input, read(initial));
    const collected = ys.map(({ outer }) => zeros(shapeOf(outer)));
    for (let t = 0; t < count; ++t) {
      for (const { outer, inner } of xs) {
        const shape = shapeOf(inner);
        const size = lengthOf(shape);
        write(inner, { shape, data: read(outer).data.subarray(t * size, (t + 1) * size) });
      }
      run(scope);
      ys.forEach(({ inner }, i) => {
        const { data } = read(inner);
        collected[i]!.data.set(data, t * data.length);
      });
      const nexts = carried.map(({ next }) => read(next));
      carried.forEach(({ input, final }, i) => {
        write(input, nexts[i]!);
        write(final, nexts[i]!);
      });
      if (halted && read(halted).data.every((flag) => flag !== 0)) break;
    }
    ys.forEach(({ outer }, i) => write(outer, collected[i]!));
  }
}

/** A function that computes each of its values once. */
function memoized<K extends object, V>(f: (key: K) => V): (key: K) => V {
  const values = new Map<K, V>();
  return (key) => {
    if (!values.has(key)) values.set(key, f(key));
    return values.get(key)!;
  };
}
