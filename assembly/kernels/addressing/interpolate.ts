/**
 * A gate between two weightings. NTM (7).
 *
 *   forward   y[r,i] = g[r]·content[r,i] + (1 − g[r])·previous[r,i]
 *   backward  dg[r] += Σ_i dy[r,i]·(content[r,i] − previous[r,i])
 *             dcontent[r,i] += g[r]·dy[r,i],  dprevious[r,i] += (1 − g[r])·dy[r,i]
 *
 * Shapes  g: f32 (rows), all others (rows, slots). Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   y may be content or previous. Gradients of one tensor used twice may be one buffer.
 * Error   relative, of positive weightings: ≤ 2 · 2⁻²⁴, against f64. g = 0 gives previous and g = 1 content, exactly.
 */
import { addPart, loadPart, madd4, storePart, sumLanes } from "../../simd/lanes";

export function interpolateForward(
  y: usize,
  gate: usize,
  content: usize,
  previous: usize,
  slots: i32,
  begin: i32,
  end: i32,
): void {
  assert(slots > 0);
  const line = (<usize>slots) << 2;
  const body = line & ~15;
  const tail = slots & 3;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const py = y + r * line;
    const pc = content + r * line;
    const pp = previous + r * line;
    const g = v128.load32_splat(gate + (r << 2));
    const rest = f32x4.sub(f32x4.splat(1), g);
    for (let j: usize = 0; j < body; j += 16) mix4(py + j, pc + j, pp + j, g, rest, 4);
    if (tail) mix4(py + body, pc + body, pp + body, g, rest, tail);
  }
}

// @ts-ignore: decorator
@inline
function mix4(y: usize, content: usize, previous: usize, g: v128, rest: v128, count: i32): void {
  const zero = f32x4.splat(0);
  const old = f32x4.mul(rest, loadPart(previous, count, zero));
  storePart(y, madd4(g, loadPart(content, count, zero), old), count);
}

export function interpolateBackward(
  dgate: usize,
  dcontent: usize,
  dprevious: usize,
  dy: usize,
  gate: usize,
  content: usize,
  previous: usize,
  slots: i32,
  begin: i32,
  end: i32,
): void {
  assert(slots > 0);
  const line = (<usize>slots) << 2;
  const body = line & ~15;
  const tail = slots & 3;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const at = r * line;
    const g = v128.load32_splat(gate + (r << 2));
    let dg = f32x4.splat(0);
    for (let j = at; j < at + body; j += 16) {
      dg = unmix4(dg, dcontent + j, dprevious + j, dy + j, content + j, previous + j, g, 4);
    }
    if (tail) {
      const j = at + body;
      dg = unmix4(dg, dcontent + j, dprevious + j, dy + j, content + j, previous + j, g, tail);
    }
    store<f32>(dgate + (r << 2), load<f32>(dgate + (r << 2)) + sumLanes(dg));
  }
}

/** Adds to both weightings' gradients; returns dg with these lanes added. */
// @ts-ignore: decorator
@inline
function unmix4(
  dg: v128,
  dcontent: usize,
  dprevious: usize,
  dy: usize,
  content: usize,
  previous: usize,
  g: v128,
  count: i32,
): v128 {
  const zero = f32x4.splat(0);
  const dy4 = loadPart(dy, count, zero);
  const difference = f32x4.sub(loadPart(content, count, zero), loadPart(previous, count, zero));
  addPart(dcontent, f32x4.mul(g, dy4), count);
  addPart(dprevious, f32x4.mul(f32x4.sub(f32x4.splat(1), g), dy4), count);
  return madd4(dy4, difference, dg);
}
