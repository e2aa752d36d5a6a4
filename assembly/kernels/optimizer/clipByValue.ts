/**
 * Clipping of every gradient to ± limit.
 *
 *   g[i] ← min(max(g[i], −limit), limit)
 *
 * Shapes  g: f32 (count). Any alignment.
 * Range   elements [begin, end). Elements are independent: every split gives the same bits.
 * Error   none. NaN stays NaN.
 */
import { clipForward } from "../elementwise/clip";

export function clipByValue(g: usize, begin: i32, end: i32, limit: f32): void {
  clipForward(g, g, begin, end, -limit, limit);
}
