/**
 * Strengths of a stack, queue or deque after a pop of u from one side. Grefenstette et al. 2015, arXiv:1506.02516, (2),
 * (5), (8), (9).
 *
 *   forward   y[i] = max(0, s[i] − max(0, u − Σ_{n before i} s[n])),   n before i: between the popped side and i
 *   backward  where y[i] > 0:  ds[i] += dy[i],  and where u > Σ_{n before i} s[n] besides:
 *             ds[n] += dy[i] for n before i,  du −= dy[i]
 *
 * Shapes  y, s, dy, ds: f32 (batch, ends, slots), in the order of order.ts; u, du: (batch). Any alignment. `from` is 0
 *         where the first row is popped first, 1 where the last is.
 * Range   batch [begin, end). Strengths are at least 0, so that their sums grow.
 * Alias   none.
 * Error   ≤ (1 + rows) · 2⁻²⁴ Σ s, against f64. Rows of strength 0 change no bit, wherever they are.
 */
import { at } from "./order";

export function popStrengthsForward(
  y: usize,
  s: usize,
  u: usize,
  ends: i32,
  slots: i32,
  from: i32,
  begin: i32,
  end: i32,
): void {
  assert(ends == 1 || ends == 2);
  const rows = ends * slots;
  for (let b = begin; b < end; ++b) {
    const first = (<usize>b * <usize>rows) << 2;
    const popped = load<f32>(u + ((<usize>b) << 2));
    let before: f32 = 0;
    for (let i = 0; i < rows; ++i) {
      const strength = load<f32>(at(s + first, i, slots, ends, from));
      store<f32>(at(y + first, i, slots, ends, from), max<f32>(0, strength - max<f32>(0, popped - before)));
      before += strength;
    }
  }
}

export function popStrengthsBackward(
  ds: usize,
  du: usize,
  dy: usize,
  y: usize,
  s: usize,
  u: usize,
  ends: i32,
  slots: i32,
  from: i32,
  begin: i32,
  end: i32,
): void {
  assert(ends == 1 || ends == 2);
  const rows = ends * slots;
  for (let b = begin; b < end; ++b) {
    const first = (<usize>b * <usize>rows) << 2;
    const popped = load<f32>(u + ((<usize>b) << 2));
    // Rows that the pop reaches are the first ones, since sums of strengths grow.
    let reached = 0;
    for (let before: f32 = 0; reached < rows && popped - before > 0; ++reached) {
      before += load<f32>(at(s + first, reached, slots, ends, from));
    }
    let behind: f32 = 0; // what rows that are reached behind i pass on to it
    for (let i = rows - 1; i >= 0; --i) {
      const own: f32 =
        load<f32>(at(y + first, i, slots, ends, from)) > 0 ? load<f32>(at(dy + first, i, slots, ends, from)) : 0;
      const to = at(ds + first, i, slots, ends, from);
      store<f32>(to, load<f32>(to) + (own + behind));
      if (i < reached) behind += own;
    }
    const to = du + ((<usize>b) << 2);
    store<f32>(to, load<f32>(to) - behind);
  }
}
