/** A network with a neural stack, queue or deque in double precision, as Grefenstette et al. 2015 write it. */
import type { StackKind } from "../../bindings/layers/stackMemory.js";
import type { NeuralStack } from "../../bindings/systems/neuralStack/neuralStack.js";
import { affineOf, parametersOf } from "../support/parametersOf.js";

type Vector = readonly number[];

/** Memory between steps, row 1 first: of a deque that of the bottom end. */
export interface Memory {
  readonly values: readonly Vector[];
  readonly strengths: Vector;
}

/** How much is pushed and popped; of a deque at the bottom, then at the top. */
export interface Move {
  readonly push: Vector;
  readonly pop: Vector;
  readonly pushed: readonly Vector[];
}

/** What is read at each side, and how much of each row. */
export interface Reading {
  readonly weights: readonly Vector[];
  readonly read: readonly Vector[];
}

const sum = (values: Vector): number => values.reduce((a, b) => a + b, 0);

/** Strengths above row i, or below it. */
const above = (s: Vector, i: number): number => sum(s.slice(i + 1));
const below = (s: Vector, i: number): number => sum(s.slice(0, i));

type Beyond = typeof above;

const popped = (s: Vector, u: number, beyond: Beyond): number[] =>
  s.map((strength, i) => Math.max(0, strength - Math.max(0, u - beyond(s, i))));

const weightsOf = (s: Vector, beyond: Beyond): number[] =>
  s.map((strength, i) => Math.min(strength, Math.max(0, 1 - beyond(s, i))));

const readOf = (weights: Vector, values: readonly Vector[]): number[] =>
  values[0]!.map((_, j) => sum(weights.map((weight, i) => weight * values[i]![j]!)));

/** (1) to (12), with the bounds of a deque's rows as the section's text has them. */
export function memoryStep(kind: StackKind, { values, strengths }: Memory, move: Move): [Memory, Reading] {
  const reading = (memory: Memory, sides: readonly Beyond[]): [Memory, Reading] => {
    const weights = sides.map((beyond) => weightsOf(memory.strengths, beyond));
    return [memory, { weights, read: weights.map((each) => readOf(each, memory.values)) }];
  };
  const { push, pop, pushed } = move;
  if (kind === "deque") {
    const top = popped(strengths, pop[1]!, above);
    const both = popped(top, pop[0]!, below);
    const memory = {
      values: [pushed[0]!, ...values, pushed[1]!],
      strengths: [push[0]!, ...both, push[1]!],
    };
    return reading(memory, [below, above]);
  }
  const beyond = kind === "stack" ? above : below;
  const memory = {
    values: [...values, pushed[0]!],
    strengths: [...popped(strengths, pop[0]!, beyond), push[0]!],
  };
  return reading(memory, [beyond]);
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Pass over one sequence: logits, and the memory after each step. */
export interface Pass {
  readonly logits: readonly Vector[];
  readonly memories: readonly Memory[];
}

/** A sequence through a model whose controller is an LSTM. */
export function neuralStackPass(model: NeuralStack, parameters: Float64Array, inputs: readonly Vector[]): Pass {
  const { memory: kind, width, hiddenSize } = model.options;
  const all = parametersOf(model);
  const vector = (name: string): number[] => {
    const { offset, size } = all.get(name)!;
    return Array.from(parameters.slice(offset, offset + size));
  };
  const apply = affineOf(model, parameters);
  let h = vector("cell.controller.h0");
  let c = vector("cell.controller.c0");
  let memory: Memory = { values: [], strengths: [] };
  let read: Vector = new Array<number>(width * (kind === "deque" ? 2 : 1)).fill(0);
  const pass: { logits: Vector[]; memories: Memory[] } = { logits: [], memories: [] };
  for (const x of inputs) {
    const gates = apply("cell.controller.gates", [...apply("embedding", x), ...read, ...h]);
    const gate = (block: number, i: number): number => gates[block * hiddenSize + i]!;
    c = c.map((old, i) => sigmoid(gate(1, i)) * old + sigmoid(gate(0, i)) * Math.tanh(gate(2, i)));
    h = c.map((cell, i) => sigmoid(gate(3, i)) * Math.tanh(cell));
    const flat = apply("cell.memory.values", h).map(Math.tanh);
    const pushed = Array.from({ length: flat.length / width }, (_, e) => flat.slice(e * width, (e + 1) * width));
    const push = apply("cell.memory.push", h).map(sigmoid);
    const pop = apply("cell.memory.pop", h).map(sigmoid);
    const [next, reading] = memoryStep(kind, memory, { push, pop, pushed });
    memory = next;
    read = reading.read.flat();
    pass.logits.push(apply("output", apply("hidden", h).map(Math.tanh)));
    pass.memories.push(memory);
  }
  return pass;
}
