/** The policy and value network in double precision, one position at a time, as AlphaGo Zero's paper writes it. */
import type { PolicyValueNetwork } from "../../bindings/models.js";
import { affineOf, parametersOf } from "../support/parametersOf.js";

/** [row][column][map]. */
type Maps = number[][][];

const relu = (x: number): number => Math.max(0, x);

export function policyValueNetworkOf(model: PolicyValueNetwork, parameters: ArrayLike<number>) {
  const { height, width, planes, blocks } = model.options;
  void model.parameters;
  const named = parametersOf(model);
  const numbers = (name: string): number[] => {
    const { offset, size } = named.get(name)!;
    return Array.from({ length: size }, (_, i) => parameters[offset + i]!);
  };
  const affine = affineOf(model, parameters);
  const linear = (x: readonly number[], name: string): number[] => affine(name, x);
  const each = (x: Maps, f: (square: number[], row: number, column: number) => number[]): Maps =>
    x.map((line, row) => line.map((square, column) => f(square, row, column)));
  /** 3 × 3 taps with zeros outside. */
  const convolved = (x: Maps, name: string): Maps => {
    const [K, bias] = [numbers(`${name}.kernel`), numbers(`${name}.bias`)];
    return each(x, (square, row, column) =>
      bias.map((b, j) => {
        let sum = b;
        for (let a = 0; a < 3; ++a)
          for (let q = 0; q < 3; ++q)
            square.forEach((_, i) => {
              const seen = x[row + a - 1]?.[column + q - 1]?.[i] ?? 0;
              sum += seen * K[((a * 3 + q) * square.length + i) * bias.length + j]!;
            });
        return sum;
      }),
    );
  };
  const rectified = (x: Maps): Maps => each(x, (square) => square.map(relu));

  return {
    evaluate(position: ArrayLike<number>): { logits: number[]; policy: number[]; value: number } {
      const seen: Maps = Array.from({ length: height }, (_, row) =>
        Array.from({ length: width }, (_, column) =>
          Array.from({ length: planes }, (_, plane) => position[(row * width + column) * planes + plane]!),
        ),
      );
      let x = rectified(convolved(seen, "tower.first"));
      for (let i = 0; i < blocks; ++i) {
        const inner = rectified(convolved(x, `tower.inner${i}`));
        const outer = convolved(inner, `tower.outer${i}`);
        x = each(x, (square, row, column) => square.map((each, k) => relu(each + outer[row]![column]![k]!)));
      }
      const read = (head: string): number[] => each(x, (square) => linear(square, head).map(relu)).flat(2);
      const logits = linear(read("policyMaps"), "policy");
      const most = Math.max(...logits);
      const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
      const [value] = linear(linear(read("valueMaps"), "valueHidden").map(relu), "value");
      return { logits, policy: logits.map((logit) => Math.exp(logit - most) / sum), value: Math.tanh(value!) };
    },
  };
}
