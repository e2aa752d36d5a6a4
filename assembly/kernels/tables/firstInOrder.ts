/**
 * The first selected row, walking rows in an order that each column has of its own. Neelakantan et al. 2017,
 * arXiv:1611.08945, "first", "last", and, in the order of a column's values, "max" and "min". Selected softly, it is how
 * likely a row is selected and no row before it, cut off where more than one has been.
 *
 *   forward   y[i,b,c]  = s[i,b]·t[k,b,c],   i = o[k,b,c],   t[k,b,c] = max(0, 1 − Σ_{l<k} s[o[l,b,c],b]);
 *             0 for rows that are not in the order
 *   backward  ds[i,b]  += dy[i,b,c]·t[k,b,c] − Σ_{l>k, t[l,b,c]>0} dy[j,b,c]·s[j,b],   j = o[l,b,c]
 *
 * Shapes  s, ds: f32 (rows, batch); o, y, t, dy: (rows, batch, columns), row-major, contiguous. Any alignment. What of o
 *         is no row's number, such as −1, is skipped; a row's number is in a column at most once.
 * Alias   none: every argument its own buffer.
 * Error   2 · 2⁻²⁴ of y, since sums are kept in double precision. What is cut off passes no gradient.
 */

/** The row that comes k-th, or −1. */
// @ts-ignore: decorator
@inline
function rowAt(o: usize, at: usize, rows: i32): i32 {
  const value = load<f32>(o + (at << 2));
  const row = value >= 0 && value < <f32>rows ? <i32>value : -1;
  return <f32>row == value ? row : -1;
}

export function firstInOrderForward(y: usize, t: usize, s: usize, o: usize, columns: i32, rows: i32, batch: i32): void {
  assert(columns > 0);
  const line = (<usize>columns) << 2;
  for (let b = 0; b < batch; ++b) {
    for (let r = 0; r < rows; ++r) {
      memory.fill(y + <usize>(r * batch + b) * line, 0, line);
      memory.fill(t + <usize>(r * batch + b) * line, 0, line);
    }
    for (let c = 0; c < columns; ++c) {
      let sum: f64 = 0;
      for (let k = 0; k < rows; ++k) {
        const at = <usize>((k * batch + b) * columns + c);
        const row = rowAt(o, at, rows);
        if (row < 0) continue;
        const left = <f32>max<f64>(0, 1 - sum);
        const value = load<f32>(s + ((<usize>(row * batch + b)) << 2));
        store<f32>(t + (at << 2), left);
        store<f32>(y + ((<usize>((row * batch + b) * columns + c)) << 2), value * left);
        sum += <f64>value;
      }
    }
  }
}

export function firstInOrderBackward(
  ds: usize,
  dy: usize,
  t: usize,
  s: usize,
  o: usize,
  columns: i32,
  rows: i32,
  batch: i32,
): void {
  assert(columns > 0);
  for (let b = 0; b < batch; ++b) {
    for (let c = 0; c < columns; ++c) {
      let later: f64 = 0; // of rows that come later: what they lose by this one
      for (let k = rows - 1; k >= 0; --k) {
        const at = <usize>((k * batch + b) * columns + c);
        const row = rowAt(o, at, rows);
        if (row < 0) continue;
        const left = load<f32>(t + (at << 2));
        const g = load<f32>(dy + ((<usize>((row * batch + b) * columns + c)) << 2));
        const cell = (<usize>(row * batch + b)) << 2;
        store<f32>(ds + cell, load<f32>(ds + cell) + <f32>(<f64>(g * left) - later));
        if (left > 0) later += <f64>g * <f64>load<f32>(s + cell);
      }
    }
  }
}
