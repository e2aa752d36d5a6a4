/** Vectors of `row` bytes, and numbers of rows. */
import { addPart, loadPart, madd4 } from "../../simd/lanes";

/** y += a · x. */
export function addMultiple(y: usize, a: f32, x: usize, row: usize): void {
  const a4 = f32x4.splat(a);
  const body = row & ~15;
  for (let j: usize = 0; j < body; j += 16) v128.store(y + j, madd4(a4, v128.load(x + j), v128.load(y + j)));
  const tail = <i32>((row - body) >> 2);
  if (tail) addPart(y + body, f32x4.mul(a4, loadPart(x + body, tail, f32x4.splat(0))), tail);
}

/** The number of a row that a float holds, or −1 if it holds none. */
// @ts-ignore: decorator
@inline
export function rowNumber(value: f32, rows: i32): i32 {
  return value >= 0 && value < <f32>rows ? <i32>value : -1;
}

/** x[i] += value. */
// @ts-ignore: decorator
@inline
export function addNumber(x: usize, i: usize, value: f32): void {
  const to = x + (i << 2);
  store<f32>(to, load<f32>(to) + value);
}

/** x[i]. */
// @ts-ignore: decorator
@inline
export function numberAt(x: usize, i: i32): f32 {
  return load<f32>(x + ((<usize>i) << 2));
}

/** x[i] = value. */
// @ts-ignore: decorator
@inline
export function setNumber(x: usize, i: i32, value: f32): void {
  store<f32>(x + ((<usize>i) << 2), value);
}
