/** snipsco/ntm-lasagne, one sequence, in double precision, with its names and in its order: write, read, controller. */
import { range, reader, relu, softmax, sumOver, type Tensors } from "./tensors.js";

export function shapes({ input = 3, output = 2, H = 5, N = 6, M = 4, isRecurrent = false } = {}) {
  const head = (name: string, vectors: Record<string, number>): Record<string, number[]> =>
    Object.fromEntries(
      Object.entries({ key: M, beta: 1, gate: 1, shift: 3, gamma: 1, ...vectors }).flatMap(([part, size]) => [
        [`${name}.${part}.W`, [H, size]],
        [`${name}.${part}.b`, [size]],
      ]),
    );
  return {
    "controller.hid_init": [1, H],
    "controller.W_in_to_hid": [input, H],
    "controller.b_in_to_hid": [H],
    "controller.W_reads_to_hid": [M, H],
    "controller.b_reads_to_hid": [H],
    ...(isRecurrent && { "controller.W_hid_to_hid": [H, H], "controller.b_hid_to_hid": [H] }),
    memory_init: [N, M],
    "write.weights_init": [1, N],
    ...head("write", { erase: M, add: M }),
    "read.weights_init": [1, N],
    ...head("read", {}),
    "dense.W": [H, output],
    "dense.b": [output],
  } as Record<string, number[]>;
}

/** The outputs, as logits. */
export function run(tensors: Tensors, xs: readonly (readonly number[])[]): number[][] {
  const T = reader(tensors);
  const [N, M] = tensors["memory_init"]!.shape as [number, number];
  const H = tensors["controller.hid_init"]!.shape[1]!;
  let memory = range(N).map((i) => range(M).map((j) => T("memory_init")(i, j)));
  let h = range(H).map((j) => T("controller.hid_init")(j));
  const weights = {
    read: range(N).map((i) => T("read.weights_init")(i)),
    write: range(N).map((i) => T("write.weights_init")(i)),
  };
  const hardSigmoid = (x: number): number => Math.min(Math.max(0.2 * x + 0.5, 0), 1);
  const product = (v: readonly number[], name: string, bias: string): number[] =>
    range(tensors[bias]!.shape[0]!).map((o) => T(bias)(o) + sumOver(v.length, (i) => v[i]! * T(name)(i, o)));
  const layer = (name: string): number[] => product(h, `${name}.W`, `${name}.b`);

  const address = (head: "read" | "write"): number[] => {
    const k = layer(`${head}.key`).map(relu);
    const [beta, g] = [relu(layer(`${head}.beta`)[0]!), hardSigmoid(layer(`${head}.gate`)[0]!)];
    const gamma = 1 + relu(layer(`${head}.gamma`)[0]!);
    const s = softmax(layer(`${head}.shift`));
    const square = (v: readonly number[]): number => v.reduce((sum, x) => sum + x * x, 0);
    const similarity = memory.map(
      (row) => sumOver(M, (j) => k[j]! * row[j]!) / Math.sqrt(square(k) * square(row) + 1e-6),
    );
    const content = softmax(similarity.map((x) => beta * x));
    const wg = content.map((x, i) => g * x + (1 - g) * weights[head][i]!);
    const shifted = wg.map((_, i) => s[0]! * (wg[i + 1] ?? 0) + s[1]! * wg[i]! + s[2]! * (wg[i - 1] ?? 0));
    const powers = shifted.map((x) => Math.pow(x + 1e-6, gamma));
    return powers.map((x) => x / sumOver(N, (i) => powers[i]!));
  };

  return xs.map((x) => {
    const [e, a] = [layer("write.erase").map(hardSigmoid), layer("write.add").map(relu)];
    const w = weights.write;
    memory = memory.map((row, i) => row.map((m, j) => m * (1 - w[i]! * e[j]!) + w[i]! * a[j]!));
    const r = range(M).map((j) => sumOver(N, (i) => weights.read[i]! * memory[i]![j]!));
    const ofInput = product(x, "controller.W_in_to_hid", "controller.b_in_to_hid");
    const ofReads = product(r, "controller.W_reads_to_hid", "controller.b_reads_to_hid");
    const ofHidden = tensors["controller.W_hid_to_hid"]
      ? product(h, "controller.W_hid_to_hid", "controller.b_hid_to_hid")
      : h.map(() => 0);
    h = h.map((_, j) => relu(ofInput[j]! + ofReads[j]! + ofHidden[j]!));
    [weights.write, weights.read] = [address("write"), address("read")];
    return layer("dense");
  });
}
