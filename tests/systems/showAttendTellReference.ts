/**
 * Show, attend and tell in double precision, one picture at a time, as Xu et al. 2015 write it: where it looks is a list
 * of cells, or "soft".
 */
import type { Picture, ShowAttendTell } from "../../bindings/models.js";
import { affineOf, parametersOf } from "../support/parametersOf.js";

type Vector = readonly number[];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const plus = (a: Vector, b: Vector): number[] => a.map((x, i) => x + b[i]!);
const scaled = (a: Vector, by: number): number[] => a.map((x) => x * by);

export function softmax(x: Vector): number[] {
  const most = Math.max(...x);
  const e = x.map((each) => Math.exp(each - most));
  const sum = e.reduce((a, b) => a + b, 0);
  return e.map((each) => each / sum);
}

/** What was told of a picture, and where it looked. */
export interface ToldReference {
  /** log p of each of the targets. */
  readonly logProbabilities: number[];
  /** α of each step. */
  readonly weights: number[][];
}

/** Maps of a picture: [row][column][map]. */
type Maps = number[][][];

export function showAttendTellOf(model: ShowAttendTell, parameters: ArrayLike<number>) {
  const {
    encoderLayers,
    focused,
    cellUnits,
    annotationSize: d,
    hiddenSize: n,
    embeddingSize: m,
    attention,
  } = model.options;
  void model.parameters;
  const named = parametersOf(model);
  const numbers = (name: string): number[] => {
    const { offset, size } = named.get(name)!;
    return Array.from({ length: size }, (_, i) => parameters[offset + i]!);
  };
  /** x W, of a matrix of so many columns. */
  const times = (x: Vector, name: string, columns: number): number[] => {
    const W = numbers(name);
    return Array.from({ length: columns }, (_, j) => x.reduce((sum, each, i) => sum + each * W[i * columns + j]!, 0));
  };
  const affine = affineOf(model, parameters);
  const linear = (x: Vector, name: string): number[] => affine(name, x);

  /** 3 × 3 taps, or 1 × 1, with zeros outside. */
  const convolved = (x: Maps, name: string, taps = 3): Maps => {
    const [K, bias] = [numbers(`${name}.kernel`), numbers(`${name}.bias`)];
    const [inputs, outputs] = [x[0]![0]!.length, bias.length];
    const around = (taps - 1) / 2;
    return x.map((line, row) =>
      line.map((_, column) =>
        bias.map((b, j) => {
          let sum = b;
          for (let a = 0; a < taps; ++a)
            for (let q = 0; q < taps; ++q)
              for (let i = 0; i < inputs; ++i)
                sum +=
                  (x[row + a - around]?.[column + q - around]?.[i] ?? 0) *
                  K[((a * taps + q) * inputs + i) * outputs + j]!;
          return sum;
        }),
      ),
    );
  };
  const pooled = (x: Maps): Maps =>
    Array.from({ length: x.length / 2 }, (_, row) =>
      Array.from({ length: x[0]!.length / 2 }, (_, column) =>
        x[0]![0]!.map((_, i) =>
          Math.max(...[0, 1].flatMap((a) => [0, 1].map((q) => x[2 * row + a]![2 * column + q]![i]!))),
        ),
      ),
    );
  const rectified = (x: Maps): Maps => x.map((line) => line.map((cell) => cell.map((each) => Math.max(0, each))));

  /** a_i. */
  function annotations({ height, width, channels, pixels }: Picture): number[][] {
    let x: Maps = Array.from({ length: height }, (_, row) =>
      Array.from({ length: width }, (_, column) =>
        Array.from({ length: channels }, (_, c) => pixels[(row * width + column) * channels + c]!),
      ),
    );
    for (let i = 0; i < encoderLayers; ++i) {
      if (focused && i === encoderLayers - 1) x = rectified(convolved(x, "encoder.before"));
      x = rectified(pooled(convolved(x, `encoder.layer${i}`)));
    }
    const places = numbers("encoder.places");
    return convolved(x, "encoder.last", focused ? 1 : 3)
      .flat()
      .map((cell, i) => cell.map((each, j) => Math.max(0, each + places[i * d + j]!)))
      .map((a) => {
        if (!cellUnits) return a;
        const hidden = linear(a, "encoder.cells.up").map((each) => Math.max(0, each));
        return plus(a, linear(hidden, "encoder.cells.down"));
      });
  }

  /** Tells the targets, the end included, after each other; `looked` are the cells that are read. */
  function tell(picture: Picture, targets: Vector, looked: Vector | "soft"): ToldReference {
    const a = annotations(picture);
    const mean = scaled(a.reduce(plus), 1 / a.length);
    const both = times(mean, "decoder.initial", 2 * n);
    let h = plus(both.slice(0, n), numbers("decoder.cell.h0")).map(Math.tanh);
    let c = plus(both.slice(n), numbers("decoder.cell.c0")).map(Math.tanh);
    const weights: number[][] = [];
    let before = 0;
    const logProbabilities = targets.map((target, t) => {
      let read = mean;
      if (attention !== "none") {
        const query = times(h, "decoder.attention.query", model.options.attentionSize);
        const v = numbers("decoder.attention.vector");
        const scores = a.map((each) => {
          const hidden = plus(query, linear(each, "decoder.attention.key")).map(Math.tanh);
          return hidden.reduce((sum, x, i) => sum + x * v[i]!, 0);
        });
        const alpha = softmax(scores);
        weights.push(alpha);
        read = looked === "soft" ? a.map((each, i) => scaled(each, alpha[i]!)).reduce(plus) : a[looked[t]!]!;
      }
      const z = scaled(read, sigmoid(linear(h, "decoder.gate")[0]!));
      const Ey = numbers("targetEmbedding.vectors").slice(before * m, (before + 1) * m);
      const gates = linear([...Ey, ...z, ...h], "decoder.cell.gates");
      const part = (k: number): number[] => gates.slice(k * n, (k + 1) * n);
      const [input, forget, cell, output] = [part(0), part(1), part(2), part(3)];
      c = c.map((each, i) => sigmoid(forget![i]!) * each + sigmoid(input![i]!) * Math.tanh(cell![i]!));
      h = c.map((each, i) => sigmoid(output![i]!) * Math.tanh(each));
      const said = plus(Ey, linear([...h, ...z], "decoder.deep")).map(Math.tanh);
      before = target;
      return Math.log(softmax(linear(said, "output"))[target]!);
    });
    return { logProbabilities, weights };
  }
  return { annotations, tell };
}
