import { Machine as Word, Register } from "../../assembly/machine.js";
import { Opcode } from "../../assembly/opcodes.js";
import type { Engine } from "../../bindings/engine/engine.js";
import { operand } from "../../bindings/graph/encode.js";
import { Graph } from "../../bindings/graph/graph.js";
import type { AnyDefinition, Instruction } from "../../bindings/graph/op.js";
import { contextOf } from "../../bindings/graph/lower.js";
import { sizeOf } from "../../bindings/graph/shape.js";
import { Tensor } from "../../bindings/graph/tensor.js";
import { array, type NDArray } from "./array.js";

const GUARD_WORDS = 8;
const GUARD = 0x7fa5_5a5a; // a NaN that no kernel makes

/**
 * Runs the instructions of one op by themselves, every buffer between guard words, so that a kernel which touches
 * more than its own shows. Nothing is planned and nothing is shared.
 */
export class KernelRun {
  readonly #engine: Engine;
  readonly #buffers = new Map<Tensor, { address: number; size: number }>();
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly #node;
  readonly #blocks: number[] = [];

  constructor(
    engine: Engine,
    readonly definition: AnyDefinition,
    inputs: readonly NDArray[],
    attributes: unknown,
  ) {
    this.#engine = engine;
    const { root } = new Graph();
    this.inputs = inputs.map(({ shape }, i) => new Tensor(root, shape, `input ${i}`));
    this.outputs = definition.shapes(this.inputs, attributes).map((shape) => new Tensor(root, shape, "output"));
    const saved = definition.saves(this.inputs, attributes).map((shape) => new Tensor(root, shape, "saved"));
    this.#node = { kind: "op" as const, definition, inputs: this.inputs, outputs: this.outputs, saved, attributes };
    this.inputs.forEach((tensor, i) => this.write(tensor, inputs[i]!.data));
  }

  /** Values of a tensor. */
  write(tensor: Tensor, values: ArrayLike<number>): void {
    const { address } = this.#bufferOf(tensor);
    this.#engine.memory.f32.set(values, address / 4);
  }

  read(tensor: Tensor): NDArray {
    const { address, size } = this.#bufferOf(tensor);
    const shape = tensor.shape as readonly number[];
    return array(shape, this.#engine.memory.f32.subarray(address / 4, address / 4 + size));
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
    const { root } = this.inputs[0]!.scope.graph;
    const gradient = (tensor: Tensor): Tensor => new Tensor(root, tensor.shape, "gradient");
    const dyTensors = this.outputs.map(gradient);
    const dx = this.inputs.map(gradient);
    dyTensors.forEach((tensor, i) => this.write(tensor, dy[i]!.data));
    for (const tensor of dx) this.write(tensor, new Float32Array(this.#bufferOf(tensor).size).fill(start));
    const block: Instruction[] = [];
    const values = { x: this.inputs, y: this.outputs, dy: dyTensors };
    this.definition.backward!(contextOf(this.#node, block), values, dx);
    this.#run(block);
    return dx.map((tensor) => this.read(tensor));
  }

  free(): void {
    for (const address of this.#blocks) this.#engine.memory.free(address);
  }

  #bufferOf(tensor: Tensor): { address: number; size: number } {
    let buffer = this.#buffers.get(tensor);
    if (!buffer) {
      const size = sizeOf(tensor.shape) as number;
      const block = this.#allocate((size + 2 * GUARD_WORDS) * 4);
      const words = this.#engine.memory.u32;
      words.fill(GUARD, block / 4, block / 4 + size + 2 * GUARD_WORDS);
      this.#buffers.set(tensor, (buffer = { address: block + 4 * GUARD_WORDS, size }));
    }
    return buffer;
  }

  #allocate(bytes: number): number {
    const address = this.#engine.memory.allocate(bytes);
    this.#blocks.push(address);
    return address;
  }

  #run(block: readonly Instruction[]): void {
    const words: number[] = [];
    const float = new DataView(new ArrayBuffer(4));
    for (const { opcode, writes, adds, reads, sizes, scalars } of block) {
      const operands = [...writes, ...adds, ...reads].map((tensor) =>
        operand(Register.activations, this.#bufferOf(tensor).address),
      );
      const floats = scalars.map((value) => (float.setFloat32(0, value), float.getUint32(0)));
      const length = 1 + operands.length + sizes.length + floats.length;
      words.push(opcode | (length << 16), ...operands, ...(sizes as number[]), ...floats);
    }
    words.push(Opcode.end | (1 << 16));
    const program = this.#allocate(words.length * 4);
    const machine = this.#allocate(Word.words * 4);
    const list = this.#allocate(4);
    const memory = this.#engine.memory.u32;
    memory.set(words, program / 4);
    memory.fill(0, machine / 4, machine / 4 + Word.words);
    memory[machine / 4 + Word.program] = program;
    memory[list / 4] = machine;
    const status = this.#engine.run(list, 1);
    if (status) throw new Error(`The kernel of ${this.definition.name} ended with status ${status}`);
    this.#expectGuards();
  }

  #expectGuards(): void {
    const words = this.#engine.memory.u32;
    for (const [tensor, { address, size }] of this.#buffers) {
      const first = address / 4;
      for (let i = 1; i <= GUARD_WORDS; ++i) {
        if (words[first - i] !== GUARD) throw new Error(`wrote ${i} words in front of ${tensor.origin}`);
        if (words[first + size + i - 1] !== GUARD) throw new Error(`wrote ${i} words behind ${tensor.origin}`);
      }
    }
  }
}
