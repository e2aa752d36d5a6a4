import type { Opcode } from "../../assembly/generated/opcodes.js";
import type { Graph, Scope } from "./graph.js";
import { Parameter } from "./parameter.js";
import { ShapeError, type Shape } from "./shape.js";
import type { Size } from "./size.js";
import { Tensor } from "./tensor.js";

/**
 * One call of a kernel. In memory: opcode, then the operands in the order writes, adds, reads, then sizes, then
 * scalars; a kernel's arguments and its arm of the interpreter have the same order. What is written, added to and
 * read is all the planner needs for lifetimes.
 */
export interface Instruction {
  readonly kind: "instruction";
  readonly opcode: Opcode;
  readonly writes: readonly Tensor[];
  readonly adds: readonly Tensor[];
  readonly reads: readonly Tensor[];
  readonly sizes: readonly Size[];
  readonly scalars: readonly number[];
}

export type Operands = Partial<Omit<Instruction, "kind" | "opcode">>;

export interface Context<Attributes> {
  emit(opcode: Opcode, operands: Operands): void;
  /** Instructions of branches that do not depend on each other, so that threads may share them. */
  fork(branches: number, emitBranch: (branch: number, emit: Context<Attributes>["emit"]) => void): void;
  /** Values that forward keeps for backward, as `saves` declares them. */
  readonly saved: readonly Tensor[];
  readonly attributes: Attributes;
}

type Tensors<Names extends readonly string[]> = { [K in keyof Names]: Tensor };
/** What an op of these inputs is given. */
export type Arguments<Names extends readonly string[]> = { [K in keyof Names]: Tensor | Parameter };
/** Attributes, when an op has them, are its last argument. */
type Rest<Attributes> = [Attributes] extends [undefined]
  ? []
  : undefined extends Attributes
    ? [attributes?: Attributes]
    : [attributes: Attributes];

interface Common<Inputs, Attributes> {
  /** Shapes of what forward keeps for backward beside inputs and outputs. */
  saves?(inputs: Inputs, attributes: Attributes): readonly Shape[];
}

export interface Definition<Names extends readonly string[], Attributes> extends Common<Tensors<Names>, Attributes> {
  /** Names of the inputs, for messages. */
  readonly inputs: Names;
  /** The output's shape; throws a ShapeError when the inputs do not fit. */
  shape(inputs: Tensors<Names>, attributes: Attributes): Shape;
  forward(context: Context<Attributes>, y: Tensor, inputs: Tensors<Names>): void;
  /** Adds into the gradients of the inputs; absent where an op has no derivative. */
  backward?(
    context: Context<Attributes>,
    values: { x: Tensors<Names>; y: Tensor; dy: Tensor },
    gradients: Tensors<Names>,
  ): void;
}

/** An op with several outputs. */
export interface DefinitionOfMany<
  Names extends readonly string[],
  Outputs extends readonly string[],
  Attributes,
> extends Common<Tensors<Names>, Attributes> {
  readonly inputs: Names;
  readonly outputs: Outputs;
  shapes(inputs: Tensors<Names>, attributes: Attributes): { [K in keyof Outputs]: Shape };
  forward(context: Context<Attributes>, y: Tensors<Outputs>, inputs: Tensors<Names>): void;
  backward?(
    context: Context<Attributes>,
    values: { x: Tensors<Names>; y: Tensors<Outputs>; dy: Tensors<Outputs> },
    gradients: Tensors<Names>,
  ): void;
}

/** An op of any number of inputs, given as an array. */
export type DefinitionOfList<Attributes> = Omit<Definition<readonly string[], Attributes>, "inputs">;

/** What the graph knows of every op, whatever its arity. */
export interface AnyDefinition {
  readonly name: string;
  shapes(inputs: readonly Tensor[], attributes: unknown): readonly Shape[];
  saves(inputs: readonly Tensor[], attributes: unknown): readonly Shape[];
  forward(context: Context<unknown>, outputs: readonly Tensor[], inputs: readonly Tensor[]): void;
  readonly backward?: (
    context: Context<unknown>,
    values: { x: readonly Tensor[]; y: readonly Tensor[]; dy: readonly Tensor[] },
    gradients: readonly Tensor[],
  ) => void;
}

/** One recorded use of an op. */
export interface OpNode {
  readonly kind: "op";
  readonly definition: AnyDefinition;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly saved: readonly Tensor[];
  readonly attributes: unknown;
}

/** An op of fixed arity with one output. Calls are marked as pure, so that bundlers drop ops that nobody uses. */
export function defineOp<const Names extends readonly string[], Attributes = undefined>(
  name: string,
  op: Definition<Names, Attributes>,
): ((...args: [...Arguments<Names>, ...Rest<Attributes>]) => Tensor) & { readonly definition: AnyDefinition } {
  const definition = single(name, op as unknown as Definition<readonly string[], unknown>);
  const call = (...args: unknown[]): Tensor => record(definition, op.inputs, args)[0]!;
  return Object.assign(call, { definition });
}

/** An op of fixed arity with several outputs. */
export function defineOpOfMany<
  const Names extends readonly string[],
  const Outputs extends readonly string[],
  Attributes = undefined,
>(
  name: string,
  op: DefinitionOfMany<Names, Outputs, Attributes>,
): ((...args: [...Arguments<Names>, ...Rest<Attributes>]) => Tensors<Outputs>) & {
  readonly definition: AnyDefinition;
} {
  const definition: AnyDefinition = {
    ...(op as unknown as AnyDefinition),
    name,
    saves: (op.saves?.bind(op) as AnyDefinition["saves"]) ?? (() => []),
  };
  const call = (...args: unknown[]): Tensors<Outputs> =>
    record(definition, op.inputs, args) as unknown as Tensors<Outputs>;
  return Object.assign(call, { definition });
}

/** An op over a list of inputs with one output. */
export function defineOpOfList<Attributes = undefined>(
  name: string,
  op: DefinitionOfList<Attributes>,
): ((tensors: readonly (Tensor | Parameter)[], ...rest: Rest<Attributes>) => Tensor) & {
  readonly definition: AnyDefinition;
} {
  const definition = single(name, op as unknown as Definition<readonly string[], unknown>);
  const call = (tensors: readonly (Tensor | Parameter)[], ...rest: unknown[]): Tensor => {
    if (!tensors.length) throw new ShapeError(`${name} needs at least one tensor`, name, "one or more tensors", "none");
    const names = tensors.map((_, i) => `input ${i}`);
    return record(definition, names, [...tensors, ...rest])[0]!;
  };
  return Object.assign(call, { definition });
}

function single(name: string, op: Definition<readonly string[], unknown>): AnyDefinition {
  const { backward } = op;
  return {
    name,
    shapes: (...given) => [op.shape(...given)],
    saves: (...given) => op.saves?.(...given) ?? [],
    forward: (context, [y], inputs) => op.forward(context, y!, inputs),
    ...(backward && {
      backward: (context, { x, y, dy }, gradients) =>
        backward.call(op, context, { x, y: y[0]!, dy: dy[0]! }, gradients),
    }),
  };
}

/** Records an op of what it is given: its inputs, and behind them its attributes. */
function record(definition: AnyDefinition, names: readonly string[], given: readonly unknown[]): readonly Tensor[] {
  const op = definition.name;
  const graph = given.find((each): each is Tensor => each instanceof Tensor)?.scope.graph;
  if (!graph) throw new TypeError(`${op}(${names.join(", ")}) needs a tensor of a graph being recorded`);
  const inputs = names.map((name, i) => {
    const tensor = given[i] instanceof Parameter ? graph.parameter(given[i]) : given[i];
    if (!(tensor instanceof Tensor)) throw new TypeError(`${op}: ${name} must be a tensor or a parameter`);
    if (tensor.scope.graph !== graph) throw new Error(`${op}: ${name} belongs to another graph`);
    if (!tensor.scope.contains(graph.current)) {
      throw new Error(`${op}: ${name} (${tensor.origin}) belongs to a scan's body that has ended`);
    }
    return tensor;
  });
  return recordIn(graph, definition, inputs, given[names.length]);
}

/** Records an op, also one without inputs. */
export function recordIn(
  graph: Graph,
  definition: AnyDefinition,
  inputs: readonly Tensor[],
  attributes: unknown,
): readonly Tensor[] {
  const scope: Scope = graph.current;
  const make = (shape: Shape): Tensor => new Tensor(scope, shape, definition.name);
  const outputs = definition.shapes(inputs, attributes).map(make);
  const saved = definition.saves(inputs, attributes).map(make);
  scope.nodes.push({ kind: "op", definition, inputs, outputs, saved, attributes });
  return outputs;
}
