/**
 * Gated recurrent unit, from the pre-activations that the input and the state give its gates. The reset gate acts on
 * the state's product with its matrix, bias included, as in cuDNN and PyTorch; Cho et al. 2014 reset the state before
 * that product, which would leave the matrix product inside this kernel.
 *
 *   forward   r = σ(x_r + y_r), z = σ(x_z + y_z), n = tanh(x_n + r·y_n)      x = [x_r x_z x_n], y = [y_r y_z y_n]
 *             next = (1 − z)·n + z·h
 *   backward  dn = dnext·(1 − z)·(1 − n²),  da = dn·y_n·r(1 − r),  dz = dnext·(h − n)·z(1 − z)
 *             dx += [da dz dn],  dy += [da dz dn·r],  dh += dnext·z
 *
 * Shapes  x, y, dx, dy, gates: f32 (rows, 3·hidden), blocks one after the other in a row; next, h: (rows, hidden).
 *         Any alignment. gates holds r, z, n for backward.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   dx and dy may be one buffer, where x and y are; it gets both.
 * Error   ≤ 1.5 · 2⁻²⁴ (1 + |h| + |x_n| + |y_n|), against f64. NaN stays in its column.
 */
import { addPart, loadPart, madd4, storePart } from "../../simd/lanes";
import { sigmoid4 } from "../../simd/sigmoid";
import { tanh4 } from "../../simd/tanh";

export function gruCellForward(
  next: usize,
  gates: usize,
  x: usize,
  y: usize,
  h: usize,
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
    const row3 = row * 3;
    for (let j: usize = 0; j < body; j += 16) {
      forward4(next + row + j, gates + row3 + j, x + row3 + j, y + row3 + j, h + row + j, stride, 4);
    }
    if (tail) {
      const j = row3 + body;
      forward4(next + row + body, gates + j, x + j, y + j, h + row + body, stride, tail);
    }
  }
}

// @ts-ignore: decorator
@inline
function forward4(next: usize, gates: usize, x: usize, y: usize, h: usize, stride: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const r4 = sigmoid4(f32x4.add(loadPart(x, count, zero), loadPart(y, count, zero)));
  const z4 = sigmoid4(f32x4.add(loadPart(x + stride, count, zero), loadPart(y + stride, count, zero)));
  const yn = loadPart(y + 2 * stride, count, zero);
  const n4 = tanh4(madd4(r4, yn, loadPart(x + 2 * stride, count, zero)));
  const kept = f32x4.mul(z4, loadPart(h, count, zero));
  storePart(gates, r4, count);
  storePart(gates + stride, z4, count);
  storePart(gates + 2 * stride, n4, count);
  storePart(next, madd4(f32x4.sub(f32x4.splat(1), z4), n4, kept), count);
}

export function gruCellBackward(
  dx: usize,
  dy: usize,
  dh: usize,
  dnext: usize,
  gates: usize,
  y: usize,
  h: usize,
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
    const row3 = row * 3;
    for (let j: usize = 0; j < body; j += 16) {
      const k = row3 + j;
      backward4(dx + k, dy + k, dh + row + j, dnext + row + j, gates + k, y + k, h + row + j, stride, 4);
    }
    if (tail) {
      const k = row3 + body;
      const j = row + body;
      backward4(dx + k, dy + k, dh + j, dnext + j, gates + k, y + k, h + j, stride, tail);
    }
  }
}

// @ts-ignore: decorator
@inline
function backward4(
  dx: usize,
  dy: usize,
  dh: usize,
  dnext: usize,
  gates: usize,
  y: usize,
  h: usize,
  stride: usize,
  count: i32,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const r4 = loadPart(gates, count, zero);
  const z4 = loadPart(gates + stride, count, zero);
  const n4 = loadPart(gates + 2 * stride, count, zero);
  const dnext4 = loadPart(dnext, count, zero);
  const dnextz = f32x4.mul(dnext4, z4);
  const open = f32x4.sub(one, z4);
  const dn = f32x4.mul(f32x4.mul(dnext4, open), f32x4.sub(one, f32x4.mul(n4, n4)));
  const dnr = f32x4.mul(dn, r4);
  const da = f32x4.mul(f32x4.mul(dnr, loadPart(y + 2 * stride, count, zero)), f32x4.sub(one, r4));
  const dz = f32x4.mul(f32x4.mul(dnextz, f32x4.sub(loadPart(h, count, zero), n4)), open);
  addPart(dx, da, count);
  addPart(dx + stride, dz, count);
  addPart(dx + 2 * stride, dn, count);
  addPart(dy, da, count);
  addPart(dy + stride, dz, count);
  addPart(dy + 2 * stride, dnr, count);
  addPart(dh, dnextz, count);
}
