/** aakhundov/tf-rnn-adaptive, one sequence, in double precision: TensorFlow's basic cells, alone or in its ACTWrapper. */
import { range, reader, sigmoid, sumOver, type Tensors } from "./tensors.js";

export function shapes({ input = 3, output = 2, H = 5, cell = "lstm", isAdaptive = true } = {}) {
  const scope = isAdaptive ? "rnn/act_wrapper" : "rnn";
  const columns = cell === "lstm" ? 4 * H : H;
  return {
    output_biases_0: [output],
    output_weights_0: [H, output],
    [`${scope}/basic_${cell}_cell/biases`]: [columns],
    [`${scope}/basic_${cell}_cell/weights`]: [input + (isAdaptive ? 1 : 0) + H, columns],
    ...(isAdaptive && { [`${scope}/biases`]: [1], [`${scope}/weights`]: [cell === "lstm" ? 2 * H : H, 1] }),
  } as Record<string, number[]>;
}

export interface Answer {
  logits: number[];
  ponder: number;
  remainder: number;
}

export function run(tensors: Tensors, xs: readonly (readonly number[])[]): Answer[] {
  const T = reader(tensors);
  const H = tensors["output_weights_0"]!.shape[0]!;
  const isAdaptive = Object.hasOwn(tensors, "rnn/act_wrapper/weights");
  const scope = isAdaptive ? "rnn/act_wrapper" : "rnn";
  const isLSTM = Object.hasOwn(tensors, `${scope}/basic_lstm_cell/weights`);
  const name = `${scope}/basic_${isLSTM ? "lstm" : "rnn"}_cell`;

  /** A state is c then h of an LSTM, h of an RNN. */
  const step = (x: readonly number[], state: readonly number[]): number[] => {
    const h = state.slice(-H);
    const input = [...x, ...h];
    const at = (o: number): number =>
      T(`${name}/biases`)(o) + sumOver(input.length, (i) => input[i]! * T(`${name}/weights`)(i, o));
    if (!isLSTM) return range(H).map((j) => Math.tanh(at(j)));
    const c = range(H).map((j) => {
      const [i, cell, f] = [at(j), at(H + j), at(2 * H + j)]; // then o
      return state[j]! * sigmoid(f + 1) + sigmoid(i) * Math.tanh(cell);
    });
    return [...c, ...range(H).map((j) => Math.tanh(c[j]!) * sigmoid(at(3 * H + j)))];
  };
  const output = (state: readonly number[]): number[] =>
    range(tensors["output_biases_0"]!.shape[0]!).map(
      (o) => T("output_biases_0")(o) + sumOver(H, (j) => state.slice(-H)[j]! * T("output_weights_0")(j, o)),
    );

  let state = range(isLSTM ? 2 * H : H).map(() => 0);
  return xs.map((x) => {
    if (!isAdaptive) {
      state = step(x, state);
      return { logits: output(state), ponder: 1, remainder: 1 };
    }
    let [sum, ponder, pondering] = [0, 0, state];
    const mean = state.map(() => 0);
    for (;;) {
      pondering = step([...x, ponder === 0 ? 1 : 0], pondering);
      const h = sigmoid(
        T(`${scope}/biases`)(0) + sumOver(state.length, (i) => pondering[i]! * T(`${scope}/weights`)(i, 0)),
      );
      const isLast = ++ponder === 10 || sum + h >= 1 - 0.01;
      const p = isLast ? 1 - sum : h;
      pondering.forEach((value, i) => (mean[i]! += p * value));
      if (isLast) {
        state = mean;
        return { logits: output(mean), ponder, remainder: p };
      }
      sum += h;
    }
  });
}
