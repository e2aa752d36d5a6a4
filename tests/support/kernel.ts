import type { Engine } from "../../bindings/engine/engine.js";
import { Graph, type Scope } from "../../bindings/graph/graph.js";
import { contextOf } from "../../bindings/graph/lower.js";
import type { AnyDefinition, Instruction } from "../../bindings/graph/op.js";
import { sizeOf } from "../../bindings/graph/shape.js";
import { Tensor } from "../../bindings/graph/tensor.js";
import { array, type NDArray } from "./array.js";
import { GuardedMemory, type Buffer } from "./instruction.js";

/** Runs the instructions of one op by themselves, every buffer between guard words. Nothing is planned. */
export class KernelRun {
  readonly #memory: GuardedMemory;
  readonly #buffers = new Map<Tensor, Buffer>();
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly #node;
  readonly #root: Scope;

  constructor(
    engine: Engine,
    readonly definition: AnyDefinition,
    inputs: readonly NDArray[],
    attributes: unknown,
  ) {
    this.#memory = new GuardedMemory(engine);
    const { root } = new Graph();
    this.#root = root;
    this.inputs = inputs.map(({ shape }, i) => new Tensor(root, shape, `input ${i}`));
    this.outputs = definition.shapes(this.inputs, attributes).map((shape) => new Tensor(root, shape, "output"));
    const saved = definition.saves(this.inputs, attributes).map((shape) => new Tensor(root, shape, "saved"));
    this.#node = { kind: "op" as const, definition, inputs: this.inputs, outputs: this.outputs, saved, attributes };
    this.inputs.forEach((tensor, i) => this.write(tensor, inputs[i]!.data));
  }

  /** Values of a tensor. */
  write(tensor: Tensor, values: ArrayLike<number>): void {
    this.#memory.numbers(this.#bufferOf(tensor)).set(values);
  }

  read(tensor: Tensor): NDArray {
    return array(tensor.shape as readonly number[], this.#memory.numbers(this.#bufferOf(tensor)));
  }

  /** Makes a tensor share another's buffer. */
  alias(tensor: Tensor, other: Tensor): void {
    this.#buffers.set(tensor, this.#bufferOf(other));
  }

  forward(): NDArray[] {
    const block: Instruction[] = [];
    this.definition.forward(contextOf(this.#node, block), this.outputs, this.inputs);
    this.#run(block);
    return this.outputs.map((y) => this.read(y));
  }

  /** Gradients by all inputs, after `forward`. Each gradient's buffer starts at `start`. */
  backward(dy: readonly NDArray[], start = 0): NDArray[] {
    const root = this.#root;
    const gradient = (tensor: Tensor): Tensor => new Tensor(root, tensor.shape, "gradient");
    const dyTensors = this.outputs.map(gradient);
    const dx = this.inputs.map(gradient);
    dyTensors.forEach((tensor, i) => this.write(tensor, dy[i]!.data));
    for (const tensor of dx) this.#memory.numbers(this.#bufferOf(tensor)).fill(start);
    const block: Instruction[] = [];
    const values = { x: this.inputs, y: this.outputs, dy: dyTensors };
    this.definition.backward!(contextOf(this.#node, block), values, dx);
    this.#run(block);
    return dx.map((tensor) => this.read(tensor));
  }

  free(): void {
    this.#memory.free();
  }

  #bufferOf(tensor: Tensor): Buffer {
    let buffer = this.#buffers.get(tensor);
    if (!buffer) {
      buffer = this.#memory.buffer(tensor.origin, sizeOf(tensor.shape) as number);
      this.#buffers.set(tensor, buffer);
    }
    return buffer;
  }

  #run(block: readonly Instruction[]): void {
    const status = this.#memory.run(
      block.map(({ opcode, writes, adds, reads, sizes, scalars }) => ({
        opcode,
        operands: [...writes, ...adds, ...reads].map((tensor) => this.#bufferOf(tensor)),
        sizes: sizes as number[],
        scalars,
      })),
    );
    if (status) throw new Error(`The kernel of ${this.definition.name} ended with status ${status}`);
  }
}
