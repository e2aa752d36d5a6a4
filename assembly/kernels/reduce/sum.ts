/**
 * Sum over a middle axis.
 *
 *   forward   y[o,i]     = Σ_r x[o,r,i]
 *   backward  dx[o,r,i] += dy[o,i]
 *
 * Shapes  x, dx: f32 (outer, repeat, inner); y, dy: f32 (outer, inner); row-major, contiguous. Any alignment.
 *         repeat may be 0: then y = 0.
 * Range   outer [begin, end). Blocks are independent: every split gives the same bits.
 * Alias   y and dx must be their own buffers.
 * Error   ≤ (repeat − 1) · 2⁻²⁴ · Σ_r |x[o,r,i]|, rows added in order; for inner = 1, 16 partial sums joined as a
 *         tree, ≤ (repeat / 16 + 8) · 2⁻²⁴ · Σ_r |x[o,r]|.
 */
import { spreadMiddle, sumMiddle } from "./middle";

export function sumForward(y: usize, x: usize, repeat: i32, inner: i32, begin: i32, end: i32): void {
  sumMiddle(y, x, repeat, inner, begin, end, false);
}

export function sumBackward(dx: usize, dy: usize, repeat: i32, inner: i32, begin: i32, end: i32): void {
  spreadMiddle(dx, dy, repeat, inner, begin, end, true);
}
