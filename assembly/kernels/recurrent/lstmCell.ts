/**
 * Long short-term memory cell without peepholes, from the pre-activations of its gates.
 *
 *   forward   i = σ(xᵢ), f = σ(x_f), g = tanh(x_g), o = σ(xₒ),   x = [xᵢ x_f x_g xₒ], one block after the other in a row
 *             next = f·cell + i·g,  h = o·t,  t = tanh(next)
 *   backward  dc = dnext + dh·o·(1 − t²),  dcell += dc·f
 *             dxᵢ += dc·g·i(1 − i),  dx_f += dc·cell·f(1 − f),  dx_g += dc·i·(1 − g²),  dxₒ += dh·t·o(1 − o)
 *
 * Shapes  x, dx, gates: f32 (rows, 4·hidden); all others (rows, hidden). Any alignment.
 *         gates holds i, f, g, o and t tanh(next), for backward.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   none.
 * Error   h: ≤ 4 · 2⁻²⁴, next: ≤ 3.5 · 2⁻²⁴ (1 + |cell|), against f64. NaN stays in its column.
 */
import { addPart, loadPart, madd4, storePart } from "../../simd/lanes";
import { sigmoid4 } from "../../simd/sigmoid";
import { tanh4 } from "../../simd/tanh";

export function lstmCellForward(
  h: usize,
  next: usize,
  gates: usize,
  t: usize,
  x: usize,
  cell: usize,
  hidden: i32,
  begin: i32,
  end: i32,
): void {
  assert(hidden > 0);
  const stride = (<usize>hidden) << 2; // bytes of one block
  const body = stride & ~15;
  const tail = hidden & 3;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const row = r * stride;
    const gatesRow = gates + (row << 2);
    const xRow = x + (row << 2);
    for (let j: usize = 0; j < body; j += 16) {
      forward4(h + row + j, next + row + j, gatesRow + j, t + row + j, xRow + j, cell + row + j, stride, 4);
    }
    if (tail) {
      const j = row + body;
      forward4(h + j, next + j, gatesRow + body, t + j, xRow + body, cell + j, stride, tail);
    }
  }
}

// @ts-ignore: decorator
@inline
function forward4(h: usize, next: usize, gates: usize, t: usize, x: usize, cell: usize, stride: usize, n: i32): void {
  const zero = f32x4.splat(0);
  const i4 = sigmoid4(loadPart(x, n, zero));
  const f4 = sigmoid4(loadPart(x + stride, n, zero));
  const g4 = tanh4(loadPart(x + 2 * stride, n, zero));
  const o4 = sigmoid4(loadPart(x + 3 * stride, n, zero));
  const c4 = madd4(f4, loadPart(cell, n, zero), f32x4.mul(i4, g4));
  const t4 = tanh4(c4);
  storePart(gates, i4, n);
  storePart(gates + stride, f4, n);
  storePart(gates + 2 * stride, g4, n);
  storePart(gates + 3 * stride, o4, n);
  storePart(next, c4, n);
  storePart(t, t4, n);
  storePart(h, f32x4.mul(o4, t4), n);
}

export function lstmCellBackward(
  dx: usize,
  dcell: usize,
  dh: usize,
  dnext: usize,
  gates: usize,
  t: usize,
  cell: usize,
  hidden: i32,
  begin: i32,
  end: i32,
): void {
  assert(hidden > 0);
  const stride = (<usize>hidden) << 2;
  const body = stride & ~15;
  const tail = hidden & 3;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const row = r * stride;
    const gatesRow = gates + (row << 2);
    const dxRow = dx + (row << 2);
    for (let j: usize = 0; j < body; j += 16) {
      const k = row + j;
      backward4(dxRow + j, dcell + k, dh + k, dnext + k, gatesRow + j, t + k, cell + k, stride, 4);
    }
    if (tail) {
      const k = row + body;
      backward4(dxRow + body, dcell + k, dh + k, dnext + k, gatesRow + body, t + k, cell + k, stride, tail);
    }
  }
}

// @ts-ignore: decorator
@inline
function backward4(
  dx: usize,
  dcell: usize,
  dh: usize,
  dnext: usize,
  gates: usize,
  t: usize,
  cell: usize,
  stride: usize,
  n: i32,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const i4 = loadPart(gates, n, zero);
  const f4 = loadPart(gates + stride, n, zero);
  const g4 = loadPart(gates + 2 * stride, n, zero);
  const o4 = loadPart(gates + 3 * stride, n, zero);
  const t4 = loadPart(t, n, zero);
  const dh4 = loadPart(dh, n, zero);
  const dho = f32x4.mul(dh4, o4);
  const dc = madd4(dho, f32x4.sub(one, f32x4.mul(t4, t4)), loadPart(dnext, n, zero));
  const dci = f32x4.mul(dc, i4);
  const dcf = f32x4.mul(dc, f4);
  const dcfc = f32x4.mul(dcf, loadPart(cell, n, zero));
  addPart(dcell, dcf, n);
  addPart(dx, f32x4.mul(f32x4.mul(dci, g4), f32x4.sub(one, i4)), n);
  addPart(dx + stride, f32x4.mul(dcfc, f32x4.sub(one, f4)), n);
  addPart(dx + 2 * stride, f32x4.mul(dci, f32x4.sub(one, f32x4.mul(g4, g4))), n);
  addPart(dx + 3 * stride, f32x4.mul(f32x4.mul(dho, t4), f32x4.sub(one, o4)), n);
}
