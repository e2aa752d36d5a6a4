import { AdaptiveComputationTime } from "../systems/adaptiveComputationTime/adaptiveComputationTime.js";
import { RecurrentNetwork } from "../systems/recurrentNetwork/recurrentNetwork.js";
import { excerpt } from "../common/shown.js";
import { filled } from "./fill.js";
import { beside, row, type Foreign } from "./foreign.js";

/** A tensor that no other source has. */
export const isTfRnnAdaptive = (from: Foreign): boolean => from.has("output_weights_0");

/**
 * github.com/aakhundov/tf-rnn-adaptive: a tanh RNN or TensorFlow's BasicLSTMCell, with ACT or without. Matrices are
 * (inputs, outputs), and inputs are in our order: x, the flag, h. The LSTM's gates are i, j, f, o, and 1 is added to the
 * forget gate when it runs. The halting unit reads c and h.
 */
export function fromTfRnnAdaptive(from: Foreign, said = ""): AdaptiveComputationTime | RecurrentNetwork {
  if (said) from.fail("tf-rnn-adaptive has one set of equations: leave equations out");
  const other = from.names.find((name) => /gru_cell|multi_rnn_cell/.test(name));
  if (other) from.fail(`it has "${excerpt(other)}", and can be imported with one basic RNN or LSTM cell`);
  const ponders = from.has("rnn/act_wrapper/weights");
  const scope = ponders ? "rnn/act_wrapper" : "rnn";
  const cell = from.has(`${scope}/basic_lstm_cell/weights`) ? "lstm" : "rnn";
  const output = from.matrix("output_weights_0");
  const { rows: hiddenSize, cols: outputSize } = output;
  const gates = cell === "lstm" ? 4 : 1;
  const weights = from.matrix(`${scope}/basic_${cell}_cell/weights`, undefined, gates * hiddenSize);
  const biases = from.vector(`${scope}/basic_${cell}_cell/biases`, gates * hiddenSize);
  const inputSize = weights.rows - hiddenSize - Number(ponders);
  if (inputSize < 1) from.fail(`its cell has ${weights.rows} inputs, and must have more than ${hiddenSize}, its units`);

  // Gate by gate: input, forget, cell, output.
  const order = cell === "lstm" ? [0, 2, 1, 3].flatMap((gate) => range(gate * hiddenSize, hiddenSize)) : undefined;
  const bias = beside([row(biases)], order).data;
  if (cell === "lstm") for (const unit of range(hiddenSize, hiddenSize)) bias[unit]! += 1;
  const named = cell === "lstm" ? "gates" : "linear";
  const ofCell = (prefix: string): Record<string, Float32Array> => ({
    [`${prefix}.${named}.weights`]: beside([weights], order).data,
    [`${prefix}.${named}.bias`]: bias,
    [`${prefix}.h0`]: new Float32Array(hiddenSize),
    ...(cell === "lstm" && { [`${prefix}.c0`]: new Float32Array(hiddenSize) }),
  });
  const ofOutput = { "output.weights": output.data, "output.bias": from.vector("output_biases_0", outputSize) };
  const sizes = { inputSize, outputSize, hiddenSize, cell } as const;
  if (!ponders) return filled(new RecurrentNetwork(sizes), { ...ofCell("layer0"), ...ofOutput });

  const read = cell === "lstm" ? 2 * hiddenSize : hiddenSize;
  const options = { epsilon: 0.01, limit: 10, timePenalty: 1e-4, haltingInput: "state" } as const; // as it was trained
  return filled(new AdaptiveComputationTime({ ...sizes, ...options }), {
    ...ofCell("cell"),
    "halting.weights": from.matrix(`${scope}/weights`, read, 1).data,
    "halting.bias": from.vector(`${scope}/biases`, 1),
    ...ofOutput,
  });
}

const range = (begin: number, length: number): number[] => Array.from({ length }, (_, i) => begin + i);
