/**
 * Sequences of different lengths, each from its own end to its begin. What lies behind an end stays where it is.
 *
 *   forward   y[t,b]            = x[r(t,b),b],   r(t,b) = n[b] − 1 − t where t < n[b], otherwise t
 *   backward  dx[r(t,b),b]     += dy[t,b]
 *
 * Shapes  x, y, dx, dy: f32 (time, batch, width), row-major, contiguous; n: (batch), whole numbers. Any alignment.
 * Alias   none: every argument its own buffer.
 * Error   none forward, half an ulp of the new dx backward. A length that is not in [0, time] reverses nothing.
 */
import { addTail, addTo, loadTail } from "../../simd/lanes";

/** Where the element comes from that goes to time t. */
// @ts-ignore: decorator
@inline
function source(t: i32, length: f32, time: i32): i32 {
  if (!(length <= <f32>time && <f32>t < length)) return t;
  return <i32>length - 1 - t;
}

export function reverseSequenceForward(y: usize, x: usize, lengths: usize, batch: i32, width: i32, time: i32): void {
  const row = (<usize>width) << 2; // bytes
  for (let t = 0; t < time; ++t) {
    for (let b = 0; b < batch; ++b) {
      const from = source(t, load<f32>(lengths + ((<usize>b) << 2)), time);
      memory.copy(y + <usize>(t * batch + b) * row, x + <usize>(from * batch + b) * row, row);
    }
  }
}

export function reverseSequenceBackward(dx: usize, dy: usize, lengths: usize, batch: i32, width: i32, time: i32): void {
  const row = (<usize>width) << 2;
  const body = row & ~15;
  const tail = width & 3;
  const zero = f32x4.splat(0);
  for (let t = 0; t < time; ++t) {
    for (let b = 0; b < batch; ++b) {
      const from = source(t, load<f32>(lengths + ((<usize>b) << 2)), time);
      const pdx = dx + <usize>(from * batch + b) * row;
      const pdy = dy + <usize>(t * batch + b) * row;
      for (let i: usize = 0; i < body; i += 16) addTo(pdx + i, v128.load(pdy + i));
      if (tail) addTail(pdx + body, loadTail(pdy + body, tail, zero), tail);
    }
  }
}
