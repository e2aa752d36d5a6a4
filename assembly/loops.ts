/**
 * Loops. Iteration t of a scan computes in frame t. Frame −1 holds the initial state, so the state of iteration t is
 * always in the frame before it.
 *
 *   record  two words beside the loop: address of frame −1, number of iterations that ran
 *   keep    all frames stay, one after the other, for backward; otherwise two take turns
 *
 * Frames are a stack: a loop takes its frames when it is entered, and loops inside it take theirs behind them.
 */
import { interpret } from "./interpreter";
import { Machine, Register, Status } from "./machine";
import { address, register, setRegister, word } from "./words";

const NONE: u32 = 0xffff_ffff;

/** scanEnter  record, frame register, frame bytes, steps, keep. Returns whether the frames fit. */
export function enter(machine: usize, p: usize): bool {
  const record = address(machine, p, 1);
  const frame = <u32>word(p, 2);
  const bytes = <usize>word(p, 3);
  const count: u64 = word(p, 5) ? <u64>word(p, 4) + 1 : 2;
  const base = register(machine, Machine.stackTop);
  const end = <u64>base + count * bytes;
  if (end > <u64>register(machine, Machine.stackEnd)) {
    const arena = register(machine, Register.activations);
    setRegister(machine, Machine.stackNeeded, end > <u64>u32.MAX_VALUE ? <usize>u32.MAX_VALUE : <usize>end - arena);
    return false;
  }
  setRegister(machine, Machine.stackTop, <usize>end);
  store<usize>(record, base);
  store<u32>(record, 0, 4);
  setRegister(machine, frame, base + bytes);
  setRegister(machine, frame + 1, base);
  return true;
}

/**
 * scanLoop  record, frame register, frame bytes, steps, keep, leaf, halted or NONE, size of halted, body words,
 *           sequences, then for each: register, first element, bytes to the next. The body follows.
 */
export function loop(machine: usize, p: usize): i32 {
  const record = address(machine, p, 1);
  const frame = <u32>word(p, 2);
  const bytes = <usize>word(p, 3);
  const steps = word(p, 4);
  const keep = word(p, 5);
  const leaf = word(p, 6);
  const mayHalt = <u32>word(p, 7) != NONE;
  const body = p + ((<usize>(load<u32>(p) >> 16)) << 2);
  const base = register(machine, frame + 1); // as in the record, but no kernel can have written over it

  startSequences(machine, p, 10, 0);
  let t = 0;
  while (true) {
    const status = interpret(machine, body);
    if (status) return status;
    ++t;
    beat(machine);
    if (t == steps || (mayHalt && all(address(machine, p, 7), word(p, 8)))) break;
    const next = keep ? register(machine, frame) + bytes : register(machine, frame + 1);
    setRegister(machine, frame + 1, register(machine, frame));
    setRegister(machine, frame, next);
    stepSequences(machine, p, 10, 1);
  }
  store<i32>(record, t, 4);
  if (!keep) setRegister(machine, Machine.stackTop, base);
  else if (leaf) setRegister(machine, Machine.stackTop, base + (<usize>t + 1) * bytes);
  return Status.done;
}

/** scanEnterBackward  record, frame register, frame bytes, gradient register, gradient frames, their bytes. */
export function enterBackward(machine: usize, p: usize): void {
  const record = address(machine, p, 1);
  const frame = <u32>word(p, 2);
  const bytes = <usize>word(p, 3);
  const gradient = <u32>word(p, 4);
  const gradients = address(machine, p, 5);
  const last = load<usize>(record) + <usize>load<u32>(record, 4) * bytes;
  setRegister(machine, frame, last);
  setRegister(machine, frame + 1, last - bytes);
  setRegister(machine, gradient, gradients);
  setRegister(machine, gradient + 1, gradients + <usize>word(p, 6));
}

/**
 * scanLoopBackward  record, frame register, frame bytes, gradient register, body words, sequences, then for each:
 *                   register, first element, bytes to the next. The body follows.
 */
export function loopBackward(machine: usize, p: usize): i32 {
  const record = address(machine, p, 1);
  const frame = <u32>word(p, 2);
  const bytes = <usize>word(p, 3);
  const gradient = <u32>word(p, 4);
  const body = p + ((<usize>(load<u32>(p) >> 16)) << 2);

  let t = load<i32>(record, 4);
  startSequences(machine, p, 6, t - 1);
  while (true) {
    const status = interpret(machine, body);
    if (status) return status;
    beat(machine);
    if (--t == 0) break;
    setRegister(machine, frame, register(machine, frame) - bytes);
    setRegister(machine, frame + 1, register(machine, frame + 1) - bytes);
    swap(machine, gradient);
    stepSequences(machine, p, 6, -1);
  }
  return Status.done;
}

// @ts-ignore: decorator
@inline
function beat(machine: usize): void {
  if (ASC_FEATURE_THREADS) setRegister(machine, Machine.beat, register(machine, Machine.beat) + 1);
}

/** scanTurn  frame register. */
export function turn(machine: usize, p: usize): void {
  swap(machine, word(p, 1));
}

function swap(machine: usize, i: u32): void {
  const first = register(machine, i);
  setRegister(machine, i, register(machine, i + 1));
  setRegister(machine, i + 1, first);
}

/** Points the sequences' registers at element t. `list` is the word that counts them. */
function startSequences(machine: usize, p: usize, list: usize, t: i32): void {
  let at = p + (list << 2);
  for (let count = load<i32>(at); count > 0; --count, at += 12) {
    setRegister(machine, load<u32>(at, 4), address(machine, at, 2) + <usize>t * load<usize>(at, 12));
  }
}

function stepSequences(machine: usize, p: usize, list: usize, by: i32): void {
  let at = p + (list << 2);
  for (let count = load<i32>(at); count > 0; --count, at += 12) {
    const i = load<u32>(at, 4);
    setRegister(machine, i, register(machine, i) + <usize>(<isize>by * load<isize>(at, 12)));
  }
}

/** Whether no element is zero. */
function all(flags: usize, count: i32): bool {
  for (let i = 0; i < count; ++i) if (load<f32>(flags + ((<usize>i) << 2)) == 0) return false;
  return true;
}
