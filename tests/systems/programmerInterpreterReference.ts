/** A Neural Programmer-Interpreter in double precision, number by number as the paper's equations have it. */
import type { NeuralProgrammerInterpreter } from "../../bindings/systems/neuralProgrammerInterpreter/neuralProgrammerInterpreter.js";
import { affineOf, parametersOf } from "../support/parametersOf.js";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const positive = (x: number): number => Math.max(0, x);

/** Logits of one frame's steps: return, the next program, its arguments. Reed & de Freitas 2016, (1) to (4). */
export function programmerInterpreterPass(
  model: NeuralProgrammerInterpreter,
  parameters: Float64Array,
  inputs: readonly (readonly number[])[],
): number[][] {
  const { inputSize, programs, programSize, keySize, hiddenSize, layers } = model.options;
  const all = parametersOf(model);
  const part = (path: string): number[] => {
    const { offset, size } = all.get(path)!;
    return Array.from(parameters.slice(offset, offset + size));
  };
  const apply = affineOf(model, parameters);
  const row = (path: string, width: number, index: number): number[] => {
    const first = all.get(path)!.offset + index * width;
    return Array.from(parameters.subarray(first, first + width));
  };
  let states = Array.from({ length: layers }, (_, i) => ({ h: part(`core${i}.h0`), c: part(`core${i}.c0`) }));
  return inputs.map((x) => {
    const observed = x.slice(0, inputSize - programs);
    const running = x.slice(inputSize - programs);
    const state = apply("encoder", observed).map(positive); // (1)
    const program = Array.from({ length: programSize }, (_, i) =>
      running.reduce((sum, share, p) => sum + share * row("embeddings", programSize, p)[i]!, 0),
    );
    let hidden = apply("fused", apply("fusion", [...state, ...program]).map(positive));
    states = states.map(({ h, c }, i) => {
      const gates = apply(`core${i}.gates`, [...hidden, ...h]); // (2)
      const gate = (which: number, unit: number): number => gates[which * hiddenSize + unit]!;
      const nextC = c.map((value, u) => sigmoid(gate(1, u)) * value + sigmoid(gate(0, u)) * Math.tanh(gate(2, u)));
      hidden = nextC.map((value, u) => sigmoid(gate(3, u)) * Math.tanh(value));
      return { h: hidden, c: nextC };
    });
    const [end, ...args] = apply("decisions", hidden); // (3)
    const key = apply("key", hidden);
    const scores = Array.from({ length: programs }, (_, p) =>
      row("keys", keySize, p).reduce((sum, value, i) => sum + value * key[i]!, 0),
    ); // (4)
    return [end!, ...scores, ...args];
  });
}
