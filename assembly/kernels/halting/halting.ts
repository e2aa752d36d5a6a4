/**
 * Which of a row's ponder steps is its last, and how much each counts. Graves 2016, arXiv:1603.08983; numbers in
 * parentheses are its equations.
 *
 *   forward   n = steps + 1;  a row halts where sum + h ≥ 1 − ε or n = limit                                  (7), (13)
 *             p = 1 − sum where it halts, otherwise h                                                          (6), (8)
 *             nextSum = sum where it halts, otherwise sum + h;  nextSteps = n
 *             where it has halted before: p = 0, and sum, steps and halted are carried over
 *   backward  dh   += dp + dnextSum  where the row goes on                                                   (18), (20)
 *             dsum += dnextSum − dp  where it halts, otherwise dnextSum
 *             The number of steps is a constant, and so is whether a row halts.
 *
 * After the last step sum is Σ h over the steps before it, so the remainder is R = 1 − sum.
 *
 * Shapes  all f32 (rows). halted and nextHalted are 1 where a row has halted, otherwise 0. Any alignment.
 * Range   rows [begin, end). Rows are independent: every split gives the same bits.
 * Alias   an output may be the input that it continues.
 * Error   half an ulp. NaN as h goes on to the limit.
 */
export function haltingForward(
  p: usize,
  nextSum: usize,
  nextSteps: usize,
  nextHalted: usize,
  h: usize,
  sum: usize,
  steps: usize,
  halted: usize,
  begin: i32,
  end: i32,
  epsilon: f32,
  limit: f32,
): void {
  assert(begin <= end);
  const enough = <f32>1 - epsilon;
  for (let r = begin; r < end; ++r) {
    const i = (<usize>r) << 2;
    const before = load<f32>(sum + i);
    const n = load<f32>(steps + i);
    if (load<f32>(halted + i) != 0) {
      store<f32>(p + i, 0);
      store<f32>(nextSum + i, before);
      store<f32>(nextSteps + i, n);
      store<f32>(nextHalted + i, 1);
      continue;
    }
    const share = load<f32>(h + i);
    const after = before + share;
    const halts = after >= enough || n + 1 == limit;
    store<f32>(p + i, halts ? 1 - before : share);
    store<f32>(nextSum + i, halts ? before : after);
    store<f32>(nextSteps + i, n + 1);
    store<f32>(nextHalted + i, halts ? 1 : 0);
  }
}

export function haltingBackward(
  dh: usize,
  dsum: usize,
  dp: usize,
  dnextSum: usize,
  halted: usize,
  nextHalted: usize,
  begin: i32,
  end: i32,
): void {
  assert(begin <= end);
  for (let r = begin; r < end; ++r) {
    const i = (<usize>r) << 2;
    const onward = load<f32>(dnextSum + i);
    const share = load<f32>(dp + i);
    const goesOn = load<f32>(nextHalted + i) == 0;
    const haltsNow = !goesOn && load<f32>(halted + i) == 0;
    if (goesOn) store<f32>(dh + i, load<f32>(dh + i) + (share + onward));
    store<f32>(dsum + i, load<f32>(dsum + i) + (haltsNow ? onward - share : onward));
  }
}
