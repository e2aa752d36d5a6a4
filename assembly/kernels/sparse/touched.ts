/**
 * Gradients of the few rows of a memory that a run has read or written, by the numbers of the rows: a table that is as
 * large as the run is long, however many rows there are. Each place holds a row's number plus 1, or 0 where it is empty,
 * and behind it the row's gradient. Open addressing with linear probing, so the same calls find the same places on every
 * host.
 */

/**
 * The gradient of a row, or 0: where it has none, or, of `insert`, where the table is full. It has `places` places of
 * `stride` bytes.
 */
export function gradientOf(touched: usize, places: i32, stride: usize, row: i32, insert: bool): usize {
  const key = <f32>(row + 1);
  let at = <i32>((<u32>row * 0x9e37_79b1) % <u32>places);
  for (let tried = 0; tried < places; ++tried) {
    const place = touched + <usize>at * stride;
    const held = load<f32>(place);
    if (held == key) return place + 4;
    if (held == 0) {
      if (!insert) return 0;
      store<f32>(place, key);
      return place + 4;
    }
    if (++at == places) at = 0;
  }
  return 0;
}
