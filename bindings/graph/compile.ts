import { Register } from "../../assembly/machine.js";
import type { Gradients } from "./differentiate.js";
import { Encoder } from "./encode.js";
import type { Graph } from "./graph.js";
import { lower, type Block, type Loop } from "./lower.js";
import { identity } from "./identity.js";
import { ParameterError } from "./parameterError.js";
import { plan, type Place, type Plan } from "./plan.js";
import type { Port, Program } from "./program.js";
import { findLive, prune } from "./prune.js";
import type { Tensor } from "./tensor.js";

export interface CompileOptions {
  /** Runs one iteration of the graph's only scan at a time, and keeps its state between runs. */
  readonly session?: boolean;
}

/** Turns a recorded graph into a program: lower, prune, plan, encode. compileGradients is for training. */
export function compile(graph: Graph, { session = false }: CompileOptions = {}): Program {
  const fixed = placesOf(graph);
  const results = [...graph.results.keys()];
  results.forEach((name, i) => placeIn(fixed, graph.results.get(name)!, Register.gradients, i));
  const outputs = ownOutputs(graph);
  const wanted = [...outputs.values(), ...graph.results.values()];
  return assemble({ graph, block: lower(graph.root), wanted, fixed, outputs, results, session });
}

/** Where the parameters of a graph are. @throws ParameterError when one has no address. */
export function placesOf(graph: Graph): Map<Tensor, Place> {
  const fixed = new Map<Tensor, Place>();
  for (const [parameter, tensor] of graph.parameters) {
    if (parameter.offset < 0) throw new ParameterError(parameter.path);
    placeIn(fixed, tensor, Register.parameters, parameter.offset);
  }
  return fixed;
}

/** Puts a tensor at an element behind a register. */
export function placeIn(fixed: Map<Tensor, Place>, tensor: Tensor, register: Register, element: number): void {
  fixed.set(tensor.root, { register, offset: { bytes: element * 4, dynamic: -1 } });
}

/** Instructions, and what is known about their operands. */
export interface Assembly {
  readonly graph: Graph;
  readonly block: Block;
  /** Values that must be there at the end. */
  readonly wanted: Iterable<Tensor>;
  /** Places that are given. */
  readonly fixed: ReadonlyMap<Tensor, Place>;
  readonly outputs: ReadonlyMap<string, Tensor>;
  readonly gradients?: Gradients | undefined;
  readonly results?: readonly string[];
  readonly gradientSize?: number;
  readonly session?: boolean;
}

/** Prunes, plans and encodes instructions. */
export function assemble(assembly: Assembly): Program {
  const { graph, block, wanted, fixed, outputs, gradients, results = [], gradientSize = 0, session = false } = assembly;
  const live = findLive(block, wanted);
  const pruned = prune(block, live);
  const planned = plan({ graph, block: pruned, live, gradients, fixed, outputs, session });
  const encoder = new Encoder(planned);
  const entries = session ? encodeSession(encoder, pruned, planned) : encodeRun(encoder, pruned);
  const port = (tensor: Tensor): Port => ({
    shape: tensor.shape,
    offset: planned.placeOf(tensor).offset,
    symbols: graph.symbols.get(tensor.root),
  });
  const ports = (tensors: ReadonlyMap<string, Tensor>): Map<string, Port> =>
    new Map([...tensors].map(([name, tensor]) => [name, port(tensor)]));

  return {
    words: encoder.words,
    entries,
    relocations: encoder.relocations,
    dimensions: graph.dimensions,
    activations: planned.activations,
    io: planned.io,
    inputs: ports(graph.inputs),
    outputs: ports(outputs),
    results,
    gradientSize,
    ...(session && { session: sessionOf(pruned, planned) }),
  };
}

/** Every output needs a buffer of its own, so one that is also something else is copied. */
export function ownOutputs(graph: Graph): Map<string, Tensor> {
  const taken = new Set<Tensor>();
  for (const tensors of [graph.inputs, graph.parameters, graph.results]) {
    for (const tensor of tensors.values()) taken.add(tensor.root);
  }
  const outputs = new Map<string, Tensor>();
  for (const [name, tensor] of graph.outputs) {
    const own = taken.has(tensor.root) ? identity(tensor) : tensor;
    taken.add(own.root);
    outputs.set(name, own);
  }
  return outputs;
}

function encodeRun(encoder: Encoder, block: Block): Program["entries"] {
  encoder.block(block);
  encoder.end();
  return { run: 0 };
}

function onlyLoop(block: Block): Loop {
  const loops = block.filter((item) => item.kind === "loop");
  if (loops.length !== 1 || block.at(-1) !== loops[0]) {
    throw new Error("A session's graph must end with its only scan");
  }
  return loops[0]!;
}

/** `reset` computes the initial state into the previous frame; `step` runs the body and turns the frames. */
function encodeSession(encoder: Encoder, block: Block, planned: Plan): Program["entries"] {
  const loop = onlyLoop(block);
  encoder.block(block.slice(0, -1));
  encoder.block(loop.prologue);
  encoder.end();
  const step = encoder.length;
  encoder.block(loop.body);
  encoder.turn(planned.scans.get(loop.scan)!.frameRegister);
  encoder.end();
  return { reset: 0, step };
}

/** What frames of loops take at most, where two take turns. */
function stackBytesOf(block: Block, planned: Plan): number {
  const loops = block.filter((item) => item.kind === "loop");
  const taken = loops.map(({ scan, body }) => {
    const { frame } = planned.scans.get(scan)!;
    if (frame.dynamic.length) throw new Error("A loop in a session's step must not depend on a length");
    return 2 * frame.fixedBytes + stackBytesOf(body, planned);
  });
  return Math.max(0, ...taken);
}

function sessionOf(block: Block, planned: Plan): Program["session"] {
  const { scan, sequences, body } = onlyLoop(block);
  const { frameRegister, frame, sequenceRegisters } = planned.scans.get(scan)!;
  return {
    frameRegister,
    frame,
    stackBytes: stackBytesOf(body, planned),
    sequences: sequences.map(({ outer, inner }) => {
      const { register, offset } = planned.placeOf(outer);
      if (register !== Register.io) throw new Error(`A session's ${outer.origin} must be an input or an output`);
      return { register: sequenceRegisters.get(inner)!, offset };
    }),
  };
}
