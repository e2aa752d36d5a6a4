import { NeuralTuringMachine } from "../systems/neuralTuringMachine/neuralTuringMachine.js";
import { shown } from "../common/shown.js";
import { filled } from "./fill.js";
import { above, beside, sumOf, row, transposed, type Foreign, type Matrix } from "./foreign.js";

/** A tensor that no other source has. */
export const isPytorchNtm = (from: Foreign): boolean => from.has("ntm.controller.lstm.weight_ih_l0");

/** Its equations changed between these years; names and shapes of the tensors did not. */
const EQUATIONS = {
  "2017": { keyActivation: "relu", strengthActivation: "relu", shiftActivation: "relu", eraseActivation: "relu" },
  "2018": {
    keyActivation: "identity",
    strengthActivation: "softplus",
    shiftActivation: "identity",
    eraseActivation: "sigmoid",
  },
} as const;
/** The last commit with the equations of 2017, from which its own trained networks are. */
const COMMIT_OF_2017 = "74477a6";

/** @throws CheckpointError unless it is one of them, or the file names a commit whose equations are known. */
function equationsOf(from: Foreign, said: string): (typeof EQUATIONS)[keyof typeof EQUATIONS] {
  const told = said || (from.metadata["source"]?.includes(COMMIT_OF_2017) ? "2017" : "");
  if (Object.hasOwn(EQUATIONS, told)) return EQUATIONS[told as keyof typeof EQUATIONS];
  const wanted = `"2017" (rectified keys, strengths and erase vectors, up to commit ${COMMIT_OF_2017}) or "2018" (softplus, sigmoid)`;
  return from.fail(
    said
      ? `pytorch-ntm has no equations ${shown(said)}: there are ${wanted}`
      : `its tensors do not say by which equations of pytorch-ntm it was trained: say ${wanted} as equations`,
  );
}

/** @throws CheckpointError that names a part of the network which ours does not have. */
function expectSupported(from: Foreign): void {
  const numbers = (pattern: RegExp): number[] => from.names.flatMap((name) => Number(pattern.exec(name)?.[1] ?? NaN));
  const [heads, layers] = [/^ntm\.heads\.(\d+)\./, /^ntm\.controller\.lstm\.weight_ih_l(\d+)$/].map(
    (pattern) => 1 + Math.max(0, ...numbers(pattern).filter((number) => number >= 0)),
  ) as [number, number];
  if (layers > 1) from.fail(`its controller has ${layers} LSTM layers, and can be imported with 1`);
  if (heads > 2) from.fail(`it has ${heads} heads, and can be imported with a read head and a write head`);
  if (from.has("ntm.heads.0.fc_write.weight")) from.fail("its first head writes, and can be imported if it reads");
}

/**
 * github.com/loudinthecloud/pytorch-ntm, with an LSTM controller of one layer, one read head and then one write head.
 * Matrices are (outputs, inputs); the LSTM's gates are in our order. Its shifts run the other way: s₀ takes from the
 * slot before.
 */
export function fromPytorchNtm(from: Foreign, said = ""): NeuralTuringMachine {
  expectSupported(from);
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
    ...equationsOf(from, said),
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
