import { Opcode } from "../../../assembly/generated/opcodes.js";
import type { Operands } from "../op.js";
import { defineOp } from "../op.js";
import { panelFor } from "../panel.js";
import { format, ShapeError, type Shape } from "../shape.js";
import { product, type Dimension, type Size } from "../size.js";
import type { Tensor } from "../tensor.js";

/** Transpositions of a matrix product. */
export interface MatmulOptions {
  /** a is (…, k, m) instead of (…, m, k). Default: false. */
  transposeA?: boolean;
  /** b is (…, n, k) instead of (…, k, n). Default: false. Only one of the two can be transposed. */
  transposeB?: boolean;
}

type Length = number | Dimension;

interface Sizes {
  batch: Size;
  m: Length;
  k: Length;
  n: Length;
}

/** Products of matrices, one by one or in a batch: a (…, m, k), b (…, k, n) → (…, m, n). */
export const matmul = /* @__PURE__ */ defineOp("matmul", {
  inputs: ["a", "b"],
  shape([a, b], options: MatmulOptions | undefined): Shape {
    const { m, n } = sizesOf(a.shape, b.shape, options);
    return [...a.shape.slice(0, -2), m, n];
  },
  saves([a, b], options) {
    if (opcodeOf(options) !== Opcode.matmul) return [];
    return panelFor(product([sizesOf(a.shape, b.shape, options).m]));
  },
  forward({ emit, saved: [panel], attributes }, y, [a, b]) {
    const { batch, m, k, n } = sizesOf(a.shape, b.shape, attributes);
    const operands = { reads: [a, b], sizes: sizes(batch, m, k, n, 0) };
    if (panel) emit(Opcode.matmulPacked, { writes: [panel, y], ...operands });
    else emit(opcodeOf(attributes), { writes: [y], ...operands });
  },
  backward({ emit, attributes }, { x: [a, b], dy }, [da, db]) {
    const { batch, m, k, n } = sizesOf(a.shape, b.shape, attributes);
    const add = (dx: Tensor, left: Tensor, right: Tensor, rows: Length, inner: Length, cols: Length): Operands => ({
      adds: [dx],
      reads: [left, right],
      sizes: sizes(batch, rows, inner, cols, 1),
    });
    if (attributes?.transposeA) {
      emit(Opcode.matmulTransposedB, add(da, b, dy, k, n, m)); // dA = B · dCᵀ
      emit(Opcode.matmul, add(db, a, dy, k, m, n)); // dB = A · dC
    } else if (attributes?.transposeB) {
      emit(Opcode.matmul, add(da, dy, b, m, n, k)); // dA = dC · B
      emit(Opcode.matmulTransposedA, add(db, dy, a, n, m, k)); // dB = dCᵀ · A
    } else {
      emit(Opcode.matmulTransposedB, add(da, dy, b, m, n, k)); // dA = dC · Bᵀ
      emit(Opcode.matmulTransposedA, add(db, a, dy, k, m, n)); // dB = Aᵀ · dC
    }
  },
});

function opcodeOf(options: MatmulOptions | undefined): Opcode {
  if (options?.transposeA) return Opcode.matmulTransposedA;
  return options?.transposeB ? Opcode.matmulTransposedB : Opcode.matmul;
}

const sizes = (batch: Size, m: Length, k: Length, n: Length, accumulate: number): Size[] => [
  product([m]),
  product([k]),
  product([n]),
  accumulate,
  product([batch, m]),
];

function sizesOf(a: Shape, b: Shape, { transposeA = false, transposeB = false }: MatmulOptions = {}): Sizes {
  const [batchA, batchB] = [a.slice(0, -2), b.slice(0, -2)];
  const [m, k] = transposeA ? [a.at(-1)!, a.at(-2)!] : [a.at(-2)!, a.at(-1)!];
  const [inner, n] = transposeB ? [b.at(-1)!, b.at(-2)!] : [b.at(-2)!, b.at(-1)!];
  const attempted = `Cannot multiply ${format(a)}${transposeA ? "ᵀ" : ""} by ${format(b)}${transposeB ? "ᵀ" : ""}`;
  const fail = (reason: string, expected: string, actual: string): never => {
    throw new ShapeError(`${attempted}: ${reason}`, "matmul", expected, actual);
  };
  if (a.length < 2 || b.length < 2) fail("both need at least 2 axes", "2 axes", `${a.length} and ${b.length}`);
  if (transposeA && transposeB) fail("only one of them can be transposed", "one", "both");
  if (k !== inner) fail(`inner sizes are ${k} and ${inner}, and must be equal`, String(k), String(inner));
  if (batchA.join() !== batchB.join()) {
    fail(
      `the axes in front are ${format(batchA)} and ${format(batchB)}, and must be equal`,
      format(batchA),
      format(batchB),
    );
  }
  return { batch: product(batchA), m, k, n };
}
