import { NeuralTuringMachine } from "../systems/neuralTuringMachine/neuralTuringMachine.js";
import { filled } from "./fill.js";
import { above, beside, sumOf, row, transposed, type Foreign, type Matrix } from "./foreign.js";

/** A tensor that no other source has. */
export const isPytorchNtm = (from: Foreign): boolean => from.has("ntm.controller.lstm.weight_ih_l0");

/**
 * github.com/loudinthecloud/pytorch-ntm, with an LSTM controller of one layer, one read head and then one write head.
 * Matrices are (outputs, inputs); the LSTM's gates are in our order. Its shifts run the other way: s₀ takes from the
 * slot before.
 */
export function fromPytorchNtm(from: Foreign): NeuralTuringMachine {
  const memory = from.matrix("memory.mem_bias");
  const { rows: slots, cols: width } = memory;
  const h0 = from.vector("ntm.controller.lstm_h_bias");
  const hiddenSize = h0.length;
  const input = transposed(from.matrix("ntm.controller.lstm.weight_ih_l0", 4 * hiddenSize));
  const hidden = transposed(from.matrix("ntm.controller.lstm.weight_hh_l0", 4 * hiddenSize, hiddenSize));
  const output = transposed(from.matrix("ntm.fc.weight", undefined, hiddenSize + width));
  const fields = width + 6;
  const head = (name: string, size: number): { weights: Float32Array; bias: Float32Array } => {
    const weights = from.matrix(`${name}.weight`, size, hiddenSize);
    return {
      weights: turned(transposed(weights), width).data,
      bias: turned(row(from.vector(`${name}.bias`, size)), width).data,
    };
  };
  const read = head("ntm.heads.0.fc_read", fields);
  const write = head("ntm.heads.1.fc_write", fields + 2 * width);

  const model = new NeuralTuringMachine({
    inputSize: input.rows - width,
    outputSize: output.cols,
    hiddenSize,
    slots,
    width,
    order: "read-write",
    keyActivation: "relu",
    strengthActivation: "relu",
    shiftActivation: "relu",
    eraseActivation: "relu",
    clipTo: Infinity,
    guard: "maximum",
    epsilon: 1e-8,
    sharpeningEpsilon: 1e-16,
    initialMemory: "learned",
    squashInitial: false,
  });
  return filled(model, {
    "controller.lstm.h0": h0,
    "controller.lstm.c0": from.vector("ntm.controller.lstm_c_bias", hiddenSize),
    "controller.lstm.gates.weights": above(input, hidden).data,
    "controller.lstm.gates.bias": sumOf(
      from.vector("ntm.controller.lstm.bias_ih_l0", 4 * hiddenSize),
      from.vector("ntm.controller.lstm.bias_hh_l0", 4 * hiddenSize),
    ),
    "readHeads.parameters.weights": read.weights,
    "readHeads.parameters.bias": read.bias,
    "writeHeads.parameters.weights": write.weights,
    "writeHeads.parameters.bias": write.bias,
    initialMemory: memory.data,
    initialRead: from.vector("ntm.read0_bias", width),
    initialReadWeights: new Float32Array(slots),
    initialWriteWeights: new Float32Array(slots),
    "output.weights": output.data,
    "output.bias": from.vector("ntm.fc.bias", output.cols),
  });
}

/** A head's columns with its three shifts the other way round. */
function turned(matrix: Matrix, width: number): Matrix {
  const order = Array.from({ length: matrix.cols }, (_, c) => c);
  const first = width + 2; // behind the key, β and g
  [order[first], order[first + 2]] = [order[first + 2]!, order[first]!];
  return beside([matrix], order);
}
