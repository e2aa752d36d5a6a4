/**
 * Repetition along a new middle axis.
 *
 *   forward   y[o,r,i]  = x[o,i]
 *   backward  dx[o,i]  += Σ_r dy[o,r,i]
 *
 * Shapes  y, dy: f32 (outer, repeat, inner); x, dx: f32 (outer, inner); row-major, contiguous. Any alignment.
 * Range   outer [begin, end). Blocks are independent: every split gives the same bits.
 * Alias   y and dx must be their own buffers.
 * Error   none forward; backward as the forward of sum.
 */
import { spreadMiddle, sumMiddle } from "./middle";

export function broadcastForward(y: usize, x: usize, repeat: i32, inner: i32, begin: i32, end: i32): void {
  spreadMiddle(y, x, repeat, inner, begin, end, false);
}

export function broadcastBackward(dx: usize, dy: usize, repeat: i32, inner: i32, begin: i32, end: i32): void {
  sumMiddle(dx, dy, repeat, inner, begin, end, true);
}
