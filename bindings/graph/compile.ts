import { Register } from "../../assembly/machine.js";
import { differentiate, Gradients } from "./differentiate.js";
import { Encoder } from "./encode.js";
import type { Graph } from "./graph.js";
import { copy, fill, lower, type Block, type Loop } from "./lower.js";
import type { Instruction } from "./op.js";
import { identity } from "./identity.js";
import { ParameterError } from "./parameterError.js";
import { plan, type Place, type Plan } from "./plan.js";
import type { Port, Program } from "./program.js";
import { findLive, prune } from "./prune.js";
import { Tensor } from "./tensor.js";

export interface CompileOptions {
  /** The result of which the gradients by every parameter are wanted. */
  readonly differentiate?: string;
  /** Instead of a result: outputs, and for each the input that holds the gradient it starts from. */
  readonly seeds?: Readonly<Record<string, string>>;
  /** Elements of the model's parameter block. */
  readonly parameterCount?: number;
  /** Runs one iteration of the graph's only scan at a time, and keeps its state between runs. */
  readonly session?: boolean;
  /** Inputs whose gradients are wanted too, as outputs named `gradient of NAME`. */
  readonly inputGradients?: readonly string[];
}

/** Turns a recorded graph into a program: lower, differentiate, prune, plan, encode. */
export function compile(graph: Graph, options: CompileOptions = {}): Program {
  const { differentiate: loss, seeds = {}, parameterCount = 0, session = false, inputGradients = [] } = options;
  const differentiated = loss !== undefined || Object.keys(seeds).length > 0;
  const outputs = ownOutputs(graph);
  const results = [...graph.results.keys()];
  const gradientSize = differentiated ? parameterCount : 0;
  const fixed = new Map<Tensor, Place>();
  const place = (tensor: Tensor, register: Register, element: number): void =>
    void fixed.set(tensor.root, { register, offset: { bytes: element * 4, dynamic: -1 } });
  for (const [parameter, tensor] of graph.parameters) {
    if (parameter.offset < 0) throw new ParameterError(parameter.path, parameter.shape);
    place(tensor, Register.parameters, parameter.offset);
  }
  results.forEach((name, i) => place(graph.results.get(name)!, Register.gradients, gradientSize + i));

  const block: Block = [];
  const wanted = new Set<Tensor>([...outputs.values(), ...graph.results.values()]);
  const gradients = differentiated ? new Gradients() : undefined;
  if (gradients && gradientSize) {
    const all = new Tensor(graph.root, [gradientSize], "gradients");
    place(all, Register.gradients, 0);
    block.push(fill(all, 0));
    wanted.add(all);
  }
  block.push(...lower(graph.root));
  if (gradients) {
    gradients.enter(graph.root, block);
    for (const [parameter, tensor] of graph.parameters) {
      const gradient = gradients.claim(tensor, false);
      place(gradient, Register.gradients, parameter.offset);
      wanted.add(gradient);
    }
    if (loss !== undefined) seed(graph.results.get(loss)!, (dy) => fill(dy, 1));
    for (const [output, input] of Object.entries(seeds)) {
      seed(outputs.get(output)!, (dy) => copy(dy, graph.inputs.get(input)!));
    }
    differentiate(graph.root, gradients, block);
    for (const name of inputGradients) {
      const gradient = gradients.of(graph.inputs.get(name)!);
      outputs.set(`gradient of ${name}`, gradient);
      wanted.add(gradient);
    }
  }

  function seed(y: Tensor, first: (dy: Tensor) => Instruction): void {
    block.push(first(gradients!.claim(y, false)));
    gradients!.reach(y);
  }

  return assemble({ graph, block, wanted, fixed, outputs, gradients, results, gradientSize, session });
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
  const port = (tensor: Tensor): Port => ({ shape: tensor.shape, offset: planned.placeOf(tensor).offset });
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
function ownOutputs(graph: Graph): Map<string, Tensor> {
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
    throw new Error("A session needs a graph that ends with its only scan");
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
    if (frame.dynamic.length) throw new Error("A loop in a session's step has a frame whose size depends on a length");
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
      if (register !== Register.io) throw new Error(`A session needs ${outer.origin} to be an input or an output`);
      return { register: sequenceRegisters.get(inner)!, offset };
    }),
  };
}
