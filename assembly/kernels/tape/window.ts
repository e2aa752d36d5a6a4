/**
 * The cells around a head on a tape whose ends are joined, one head to a tape.
 *
 *   at(r,k) = (⌊position[r]⌋ + k − (size − 1)/2) mod cells
 *   readWindow   y[r,k] = tape[r,at(r,k)];              backward  dtape[r,at(r,k)] += dy[r,k],   in the order of k
 *   writeWindow  next[r] = tape[r], but next[r,at(r,k)] = values[r,k];
 *                backward  dvalues[r,k] += dnext[r,at(r,k)],  dtape[r,c] += dnext[r,c] for all other cells c
 *
 * Shapes  tape, next: f32 (rows, cells, width), y, values: f32 (rows, size, width), position: f32 (rows), row-major,
 *         contiguous, any alignment. size is odd; of writeWindow at most cells, so that none is written twice.
 *         A position beyond ±2²⁴, up to where f32 counts, or NaN is none: it reads zeros, writes nothing and passes no
 *         gradient to what was read or written.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   none: every argument its own buffer.
 * Error   none forward, half an ulp of the new gradient for each addition backward.
 */
import { addTail, addTo, loadTail } from "../../simd/lanes";

/** Whether it is a place on a tape. */
// @ts-ignore: decorator
@inline
function isPlace(position: f32): bool {
  return abs(position) <= 16777216;
}

/** Number of a window's first cell: from 0 to below cells. */
// @ts-ignore: decorator
@inline
function firstOf(position: f32, cells: i32, size: i32): i32 {
  const from = (<i32>floor(position) - (size >> 1)) % cells;
  return from < 0 ? from + cells : from;
}

/** to[i] += from[i], count floats. */
// @ts-ignore: decorator
@inline
function addRow(to: usize, from: usize, count: i32): void {
  const body = ((<usize>count) << 2) & ~15;
  const tail = count & 3;
  for (let k: usize = 0; k < body; k += 16) addTo(to + k, v128.load(from + k));
  if (tail) addTail(to + body, loadTail(from + body, tail, f32x4.splat(0)), tail);
}

export function readWindowForward(
  y: usize,
  tape: usize,
  position: usize,
  cells: i32,
  size: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(begin <= end && cells > 0 && (size & 1) == 1);
  const line = (<usize>width) << 2;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const at = load<f32>(position + (r << 2));
    let py = y + r * size * line;
    if (!isPlace(at)) {
      memory.fill(py, 0, <usize>size * line);
      continue;
    }
    const row = tape + r * cells * line;
    let cell = firstOf(at, cells, size);
    for (let k = 0; k < size; ++k, py += line) {
      memory.copy(py, row + <usize>cell * line, line);
      if (++cell == cells) cell = 0;
    }
  }
}

export function readWindowBackward(
  dtape: usize,
  dy: usize,
  position: usize,
  cells: i32,
  size: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(begin <= end && cells > 0 && (size & 1) == 1);
  const line = (<usize>width) << 2;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const at = load<f32>(position + (r << 2));
    if (!isPlace(at)) continue;
    let pdy = dy + r * size * line;
    const row = dtape + r * cells * line;
    let cell = firstOf(at, cells, size);
    for (let k = 0; k < size; ++k, pdy += line) {
      addRow(row + <usize>cell * line, pdy, width);
      if (++cell == cells) cell = 0;
    }
  }
}

export function writeWindowForward(
  next: usize,
  tape: usize,
  position: usize,
  values: usize,
  cells: i32,
  size: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(begin <= end && size <= cells && (size & 1) == 1);
  const line = (<usize>width) << 2;
  const whole = <usize>cells * line;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const row = next + r * whole;
    memory.copy(row, tape + r * whole, whole);
    const at = load<f32>(position + (r << 2));
    if (!isPlace(at)) continue;
    let from = values + r * size * line;
    let cell = firstOf(at, cells, size);
    for (let k = 0; k < size; ++k, from += line) {
      memory.copy(row + <usize>cell * line, from, line);
      if (++cell == cells) cell = 0;
    }
  }
}

export function writeWindowBackward(
  dtape: usize,
  dvalues: usize,
  dnext: usize,
  position: usize,
  cells: i32,
  size: i32,
  width: i32,
  begin: i32,
  end: i32,
): void {
  assert(begin <= end && size <= cells && (size & 1) == 1);
  const line = (<usize>width) << 2;
  const whole = <usize>cells * line;
  for (let r = <usize>begin; r < <usize>end; ++r) {
    const from = dnext + r * whole;
    const to = dtape + r * whole;
    const at = load<f32>(position + (r << 2));
    if (!isPlace(at)) {
      addRow(to, from, cells * width);
      continue;
    }
    const first = firstOf(at, cells, size);
    let pd = dvalues + r * size * line;
    for (let k = 0, cell = first; k < size; ++k, pd += line) {
      addRow(pd, from + <usize>cell * line, width);
      if (++cell == cells) cell = 0;
    }
    // The cells outside of the window, which are one run or, where the window is not at an end, two.
    const last = first + size;
    const low = last > cells ? last - cells : 0;
    const high = last < cells ? last : cells;
    if (first > low) addRow(to + <usize>low * line, from + <usize>low * line, (first - low) * width);
    if (last < cells) addRow(to + <usize>high * line, from + <usize>high * line, (cells - high) * width);
  }
}
