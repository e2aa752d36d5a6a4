/** loudinthecloud/pytorch-ntm at 74477a6 and, as of 2018, at 2b83a99, one sequence, in double precision, with its names and in its order. */
import { range, reader, relu, sigmoid, softmax, sumOver, type Tensors } from "./tensors.js";

export const shapes = ({ input = 3, output = 2, H = 5, N = 6, M = 4 } = {}) => ({
  "ntm.read0_bias": [1, M],
  "ntm.controller.lstm_h_bias": [1, 1, H],
  "ntm.controller.lstm_c_bias": [1, 1, H],
  "ntm.controller.lstm.weight_ih_l0": [4 * H, input + M],
  "ntm.controller.lstm.weight_hh_l0": [4 * H, H],
  "ntm.controller.lstm.bias_ih_l0": [4 * H],
  "ntm.controller.lstm.bias_hh_l0": [4 * H],
  "ntm.heads.0.fc_read.weight": [M + 6, H],
  "ntm.heads.0.fc_read.bias": [M + 6],
  "ntm.heads.1.fc_write.weight": [3 * M + 6, H],
  "ntm.heads.1.fc_write.bias": [3 * M + 6],
  "ntm.fc.weight": [output, H + M],
  "ntm.fc.bias": [output],
  "memory.mem_bias": [N, M],
});

/** The outputs, as logits. */
export function run(
  tensors: Tensors,
  xs: readonly (readonly number[])[],
  equations: "2017" | "2018" = "2017",
): number[][] {
  const isOld = equations === "2017";
  const same = (x: number): number => x;
  const softplus = (x: number): number => Math.log1p(Math.exp(x));
  const [vector, strength, erase] = isOld ? [relu, relu, relu] : [same, softplus, sigmoid];
  const T = reader(tensors);
  const [N, M] = tensors["memory.mem_bias"]!.shape as [number, number];
  const H = tensors["ntm.controller.lstm_h_bias"]!.shape[2]!;
  let memory = range(N).map((i) => range(M).map((j) => T("memory.mem_bias")(i, j)));
  let r = range(M).map((j) => T("ntm.read0_bias")(j));
  let h = range(H).map((j) => T("ntm.controller.lstm_h_bias")(j));
  let c = range(H).map((j) => T("ntm.controller.lstm_c_bias")(j));
  let [wRead, wWrite] = [range(N).map(() => 0), range(N).map(() => 0)];

  const address = (raw: readonly number[], previous: readonly number[]): number[] => {
    const k = raw.slice(0, M).map(vector);
    const [beta, g, gamma] = [strength(raw[M]!), sigmoid(raw[M + 1]!), 1 + strength(raw[M + 5]!)];
    const s = softmax(raw.slice(M + 2, M + 5).map(isOld ? relu : same));
    const norm = (v: readonly number[]): number => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));
    const cosine = memory.map((row) => {
      const [a, b] = [row.map((x) => x + 1e-16), k.map((x) => x + 1e-16)];
      return sumOver(M, (j) => a[j]! * b[j]!) / Math.max(norm(a) * norm(b), 1e-8);
    });
    const content = softmax(cosine.map((x) => beta * x));
    const wg = content.map((x, i) => g * x + (1 - g) * previous[i]!);
    const shifted = wg.map((_, i) => s[0]! * wg[(i + N - 1) % N]! + s[1]! * wg[i]! + s[2]! * wg[(i + 1) % N]!);
    const powers = shifted.map((x) => Math.pow(x, gamma));
    const sum = sumOver(N, (i) => powers[i]!) + 1e-16;
    return powers.map((x) => x / sum);
  };
  const linear = (name: string, v: readonly number[]): number[] =>
    range(tensors[`${name}.bias`]!.shape[0]!).map(
      (o) => T(`${name}.bias`)(o) + sumOver(v.length, (i) => T(`${name}.weight`)(o, i) * v[i]!),
    );

  return xs.map((x) => {
    const input = [...x, ...r];
    const gate = (block: number, j: number): number => {
      const o = block * H + j;
      const biases = T("ntm.controller.lstm.bias_ih_l0")(o) + T("ntm.controller.lstm.bias_hh_l0")(o);
      const ofInput = sumOver(input.length, (i) => T("ntm.controller.lstm.weight_ih_l0")(o, i) * input[i]!);
      return biases + ofInput + sumOver(H, (i) => T("ntm.controller.lstm.weight_hh_l0")(o, i) * h[i]!);
    };
    c = range(H).map((j) => sigmoid(gate(1, j)) * c[j]! + sigmoid(gate(0, j)) * Math.tanh(gate(2, j)));
    h = range(H).map((j) => sigmoid(gate(3, j)) * Math.tanh(c[j]!)); // the gates still read the last h
    wRead = address(linear("ntm.heads.0.fc_read", h), wRead);
    r = range(M).map((j) => sumOver(N, (i) => wRead[i]! * memory[i]![j]!));
    const raw = linear("ntm.heads.1.fc_write", h);
    wWrite = address(raw, wWrite);
    const [e, a] = [raw.slice(M + 6, 2 * M + 6).map(erase), raw.slice(2 * M + 6).map(vector)];
    memory = memory.map((row, i) => row.map((m, j) => m * (1 - wWrite[i]! * e[j]!) + wWrite[i]! * a[j]!));
    return linear("ntm.fc", [...h, ...r]);
  });
}
