/**
 * One list of the 14 modules of a Neural Random-Access Machine. Kurach et al. 2016, arXiv:1511.06392, sections 3.2, 4.3.
 * Module i has as arguments means of what was computed before it, o[i] = fᵢ(A, B), and WRITE, the last, makes the next
 * memory.
 *
 *   forward   A = Σ_k w[k] · (pool, o[0 … i − 1])[k], B alike with its own w;   o[i] = Σ_{a,b} A[a] · B[b] · δ(fᵢ(a,b))
 *             next = (1 − A)1ᵀ ∘ memory + A Bᵀ with A and B of WRITE
 *   backward  dA[a] = Σ_b B[b] · do[fᵢ(a,b)], dB alike; dw[k] += dA · pool[k], dpool[k] += w[k] · dA
 *
 * Every gradient of an output, of an argument and of the next memory is first clipped to [−limit, limit] (section 4.1).
 *
 * Shapes  pool: f32 (batch, count, cells), memory, next: (batch, cells, cells), w: (batch, 28 count + 182): for each
 *         module count + i weights of A, then of B; o: (batch, 14, cells); used: (batch, 28, cells), A and B of each
 *         module, of which those that it does not have are left as they are; rows: (16, cells) and square: (cells, cells),
 *         the gradients of one example. Any alignment.
 * Range   batch [begin, end). Rows are independent: every split gives the same bits.
 * Alias   none.
 * Error   of distributions: ≤ 1e-6, against f64. One-hot arguments give exact one-hot outputs.
 */
import { mix, unmix } from "./mix";
import { applyModule, applyWrite, argumentsOf, MODULES, WRITE } from "./modules";
import { undoModule, undoWrite } from "./modulesBackward";
import { clampAll } from "./vectors";

export function circuitForward(
  o: usize,
  next: usize,
  used: usize,
  pool: usize,
  memory: usize,
  w: usize,
  count: i32,
  cells: i32,
  begin: i32,
  end: i32,
): void {
  assert(count > 0 && cells > 0 && begin <= end);
  const row = (<usize>cells) << 2;
  const square = row * <usize>cells;
  const weights = (<usize>(28 * count + 182)) << 2;

  for (let r = <usize>begin; r < <usize>end; ++r) {
    const po = o + r * row * 14;
    const pm = memory + r * square;
    const pp = pool + r * row * <usize>count;
    let pw = w + r * weights;
    let a = used + r * row * 28;
    for (let i = 0; i < MODULES; ++i) {
      const length = (<usize>(count + i)) << 2; // bytes of the weights of an argument
      const b = a + row;
      const given = argumentsOf(i);
      if (given > 0) mix(a, pw, pp, po, row, count, i);
      if (given > 1) mix(b, pw + length, pp, po, row, count, i);
      if (i == WRITE) applyWrite(next + r * square, po + <usize>i * row, a, b, pm, cells);
      else applyModule(i, po + <usize>i * row, a, b, pm, cells);
      pw += 2 * length;
      a += 2 * row;
    }
  }
}

export function circuitBackward(
  rows: usize,
  square: usize,
  dpool: usize,
  dmemory: usize,
  dw: usize,
  dout: usize,
  dnext: usize,
  pool: usize,
  memory: usize,
  w: usize,
  o: usize,
  used: usize,
  count: i32,
  cells: i32,
  begin: i32,
  end: i32,
  limit: f32,
): void {
  assert(count > 0 && cells > 0 && begin <= end);
  const row = (<usize>cells) << 2;
  const bytes = row * <usize>cells;
  const weights = (<usize>(28 * count + 182)) << 2;
  const da = rows + 14 * row;
  const db = da + row;

  for (let r = <usize>begin; r < <usize>end; ++r) {
    const pm = memory + r * bytes;
    const pdm = dmemory + r * bytes;
    const outputs = o + r * row * 14;
    const first = r * row * <usize>count;
    let at = (r + 1) * weights; // bytes up to the weights of the module behind
    copyBytes(square, dnext + r * bytes, bytes);
    clampAll(square, cells * cells, limit);
    copyBytes(rows, dout + r * row * 14, row * 14);
    for (let i = MODULES - 1; i >= 0; --i) {
      const length = (<usize>(count + i)) << 2;
      const a = used + (r * 28 + 2 * <usize>i) * row;
      const b = a + row;
      const g = rows + <usize>i * row;
      at -= 2 * length;
      const given = argumentsOf(i);
      if (!given) continue;
      clampAll(g, cells, limit);
      zeroBytes(da, 2 * row);
      if (i == WRITE) undoWrite(da, db, pdm, square, g, a, b, pm, cells);
      else undoModule(i, da, db, pdm, g, a, b, pm, cells);
      clampAll(da, 2 * cells, limit);
      for (let k = 0; k < given; ++k) {
        const to = at + <usize>k * length;
        unmix(dw + to, dpool + first, rows, da + <usize>k * row, w + to, pool + first, outputs, row, count, i);
      }
    }
  }
}

// `memory` is an argument of the kernel.
// @ts-ignore: decorator
@inline
function zeroBytes(p: usize, bytes: usize): void {
  memory.fill(p, 0, bytes);
}

// @ts-ignore: decorator
@inline
function copyBytes(to: usize, from: usize, bytes: usize): void {
  memory.copy(to, from, bytes);
}
