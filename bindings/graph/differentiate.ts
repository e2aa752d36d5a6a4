import { Opcode } from "../../assembly/generated/opcodes.js";
import type { Scope } from "./graph.js";
import { asRole, contextOf, copy, fill, instruction, type Block, type LoopSequence } from "./lower.js";
import type { Scan } from "./scan.js";
import { sizeOf } from "./shape.js";
import { Tensor } from "./tensor.js";

/**
 * The gradients of a program, by the root of the tensor they belong to. A gradient is cleared in the block of its own
 * scope right before anything first touches it, so that adding is all that a backward kernel ever does.
 */
export class Gradients {
  readonly #byRoot = new Map<Tensor, Tensor>();
  readonly #all = new Set<Tensor>();
  readonly #blocks = new Map<Scope, Block>();
  /** Roots whose gradient something has been added to. */
  readonly #reached = new Set<Tensor>();

  enter(scope: Scope, block: Block): void {
    this.#blocks.set(scope, block);
  }

  /** The gradient of x, of the shape of x. */
  of(x: Tensor): Tensor {
    const gradient = this.#byRoot.get(x.root) ?? this.claim(x, true);
    return x === x.root ? gradient : new Tensor(gradient.scope, x.shape, gradient.origin, gradient, x.start);
  }

  /** Makes the gradient of x. Without `clear`, its caller sees to its first value. */
  claim(x: Tensor, clear: boolean): Tensor {
    const { root } = x;
    const gradient = new Tensor(root.scope, root.shape, `gradient of ${root.origin}`);
    this.#byRoot.set(root, gradient);
    this.#all.add(gradient);
    if (clear) this.#blocks.get(root.scope)!.push(fill(gradient, 0));
    return gradient;
  }

  reach(x: Tensor): void {
    this.#reached.add(x.root);
  }

  isReached(x: Tensor): boolean {
    return this.#reached.has(x.root);
  }

  has(tensor: Tensor): boolean {
    return this.#all.has(tensor.root);
  }
}

/** Appends the backward instructions of everything recorded in a scope. */
export function differentiate(scope: Scope, gradients: Gradients, block: Block): void {
  gradients.enter(scope, block);
  for (const node of scope.nodes.toReversed()) {
    if (node.kind === "scan") {
      if (node.carried.some((c) => gradients.isReached(c.final)) || node.ys.some((y) => gradients.isReached(y.outer))) {
        differentiateScan(node, gradients, block);
      }
    } else if (node.definition.backward && node.outputs.some((y) => gradients.isReached(y))) {
      const { definition, inputs, outputs } = node;
      const dy = outputs.map((y) => gradients.of(y));
      const dx = inputs.map((x) => gradients.of(x));
      definition.backward!(contextOf(node, block), { x: inputs, y: outputs, dy }, dx);
      for (const x of inputs) gradients.reach(x);
    }
  }
}

function differentiateScan(scan: Scan, gradients: Gradients, block: Block): void {
  const prologue: Block = [];
  const body: Block = [];
  const epilogue: Block = [];
  const sequences: LoopSequence[] = [...asRole("source", scan.xs), ...asRole("sink", scan.ys)];

  for (const { next, input, final } of scan.carried) {
    // The gradient of `input` becomes the gradient of `next` when the loop steps back an iteration.
    const dnext = gradients.claim(next, false);
    const dinput = gradients.claim(input, false);
    prologue.push(gradients.isReached(final) ? copy(dnext, gradients.of(final)) : fill(dnext, 0));
    body.push(fill(dinput, 0));
    gradients.reach(next);
  }
  for (const { outer, inner } of scan.ys) {
    if (!gradients.isReached(outer)) continue;
    sequences.push({ outer: gradients.of(outer), inner: gradients.claim(inner, false), role: "source" });
    gradients.reach(inner);
  }
  for (const { outer, inner } of scan.xs) {
    sequences.push({ outer: gradients.of(outer), inner: gradients.claim(inner, false), role: "sink" });
  }

  differentiate(scan.scope, gradients, body);

  for (const { outer, inner } of scan.xs) if (gradients.isReached(inner)) gradients.reach(outer);
  for (const { input, initial } of scan.carried) {
    const operands = { adds: [gradients.of(initial)], reads: [gradients.of(input)], sizes: [sizeOf(input.shape)] };
    epilogue.push(instruction(Opcode.identityBackward, operands));
    gradients.reach(initial);
  }
  block.push({ kind: "loop", direction: "backward", scan, prologue, body, epilogue, sequences });
}
