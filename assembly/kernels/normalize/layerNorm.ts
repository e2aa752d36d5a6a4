/**
 * Layer normalisation over the last axis. Ba, Kiros & Hinton 2016, arXiv:1607.06450.
 *
 *   forward   y[r,c]    = gain[c] · n[r,c] + bias[c],   n[r,c] = (x[r,c] − μ[r]) · s[r]
 *             μ[r]      = mean_c x[r,c],   s[r] = 1 / √(mean_c (x[r,c] − μ[r])² + ε)
 *   backward  dx[r,c]  += s[r] · (g[r,c] − mean_k g[r,k] − n[r,c] · mean_k (g[r,k] · n[r,k])),   g = gain · dy
 *             dgain[c] += Σ_r dy[r,c] · n[r,c]
 *             dbias[c] += Σ_r dy[r,c]
 *
 * Shapes  x, y, dx, dy: f32 (rows, cols), row-major, contiguous, cols ≥ 1; gain, bias, dgain, dbias: f32 (cols);
 *         stats: f32 (rows, 2), μ and s of each row. Any alignment.
 * Range   rows [begin, end). Forward's rows are independent; backward adds rows to dgain and dbias in order.
 * Alias   y may be x where backward is not wanted. Gradients must be their own buffers.
 * Error   of n, absolute, against f64: ≤ ((2 + cols / 16) · max |x| · s + 6 |n|) · 2⁻²⁴.
 *         NaN makes its row NaN. ε > 0 keeps a constant row finite.
 */
import { addTail, addTo, loadTail, madd4, storeTail, sumLanes } from "../../simd/lanes";

export function layerNormForward(
  y: usize,
  stats: usize,
  x: usize,
  gain: usize,
  bias: usize,
  cols: i32,
  begin: i32,
  end: i32,
  epsilon: f32,
): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2; // bytes in a row
  const body = stride & ~15; // bytes in its whole vectors
  const tail = cols & 3; // lanes left over
  const zero = f32x4.splat(0);
  const count = <f32>cols;

  for (let r = begin; r < end; ++r) {
    const px = x + <usize>r * stride;
    const py = y + <usize>r * stride;

    let sum4 = zero;
    for (let i: usize = 0; i < body; i += 16) sum4 = f32x4.add(sum4, v128.load(px + i));
    if (tail) sum4 = f32x4.add(sum4, loadTail(px + body, tail, zero));
    const mean = sumLanes(sum4) / count;
    const mean4 = f32x4.splat(mean);

    let square4 = zero;
    for (let i: usize = 0; i < body; i += 16) {
      const d = f32x4.sub(v128.load(px + i), mean4);
      square4 = madd4(d, d, square4);
    }
    if (tail) {
      const d = f32x4.sub(loadTail(px + body, tail, mean4), mean4);
      square4 = madd4(d, d, square4);
    }
    const scale = <f32>1 / sqrt<f32>(sumLanes(square4) / count + epsilon);
    const scale4 = f32x4.splat(scale);

    for (let i: usize = 0; i < body; i += 16) {
      const n = f32x4.mul(f32x4.sub(v128.load(px + i), mean4), scale4);
      v128.store(py + i, madd4(n, v128.load(gain + i), v128.load(bias + i)));
    }
    if (tail) {
      const n = f32x4.mul(f32x4.sub(loadTail(px + body, tail, mean4), mean4), scale4);
      storeTail(py + body, madd4(n, loadTail(gain + body, tail, zero), loadTail(bias + body, tail, zero)), tail);
    }
    store<f32>(stats + ((<usize>r) << 3), mean);
    store<f32>(stats + ((<usize>r) << 3), scale, 4);
  }
}

/** Needs the saved input x and the stats. */
export function layerNormBackward(
  dx: usize,
  dgain: usize,
  dbias: usize,
  dy: usize,
  x: usize,
  gain: usize,
  stats: usize,
  cols: i32,
  begin: i32,
  end: i32,
): void {
  assert(cols > 0 && begin <= end);
  const stride = (<usize>cols) << 2;
  const body = stride & ~15;
  const tail = cols & 3;
  const zero = f32x4.splat(0);
  const count = <f32>cols;

  for (let r = begin; r < end; ++r) {
    const px = x + <usize>r * stride;
    const pdx = dx + <usize>r * stride;
    const pdy = dy + <usize>r * stride;
    const mean4 = v128.load32_splat(stats + ((<usize>r) << 3));
    const scale4 = v128.load32_splat(stats + ((<usize>r) << 3), 4);

    let sum4 = zero;
    let dot4 = zero;
    for (let i: usize = 0; i < body; i += 16) {
      const dy4 = v128.load(pdy + i);
      const n = f32x4.mul(f32x4.sub(v128.load(px + i), mean4), scale4);
      const dyn = f32x4.mul(dy4, n);
      addTo(dgain + i, dyn);
      addTo(dbias + i, dy4);
      const gain4 = v128.load(gain + i);
      sum4 = madd4(gain4, dy4, sum4);
      dot4 = madd4(gain4, dyn, dot4);
    }
    if (tail) {
      const dy4 = loadTail(pdy + body, tail, zero);
      const n = f32x4.mul(f32x4.sub(loadTail(px + body, tail, mean4), mean4), scale4);
      const dyn = f32x4.mul(dy4, n);
      addTail(dgain + body, dyn, tail);
      addTail(dbias + body, dy4, tail);
      const gain4 = loadTail(gain + body, tail, zero);
      sum4 = madd4(gain4, dy4, sum4);
      dot4 = madd4(gain4, dyn, dot4);
    }
    const meanG = f32x4.splat(sumLanes(sum4) / count);
    const meanGN = f32x4.splat(sumLanes(dot4) / count);

    for (let i: usize = 0; i < body; i += 16) {
      const g = f32x4.mul(v128.load(gain + i), v128.load(pdy + i));
      const n = f32x4.mul(f32x4.sub(v128.load(px + i), mean4), scale4);
      addTo(pdx + i, f32x4.mul(scale4, f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(n, meanGN))));
    }
    if (tail) {
      const g = f32x4.mul(loadTail(gain + body, tail, zero), loadTail(pdy + body, tail, zero));
      const n = f32x4.mul(f32x4.sub(loadTail(px + body, tail, mean4), mean4), scale4);
      addTail(pdx + body, f32x4.mul(scale4, f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(n, meanGN))), tail);
    }
  }
}
