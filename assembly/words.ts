/** Reading an instruction's words, and a machine's. */
import { registerBits } from "./machine";

/** Word i of an instruction, as an integer. */
// @ts-ignore: decorator
@inline
export function word(p: usize, i: usize): i32 {
  return load<i32>(p + (i << 2));
}

/** Word i of an instruction, as a number. */
// @ts-ignore: decorator
@inline
export function scalar(p: usize, i: usize): f32 {
  return load<f32>(p + (i << 2));
}

// @ts-ignore: decorator
@inline
export function register(machine: usize, i: u32): usize {
  return load<usize>(machine + ((<usize>i) << 2));
}

// @ts-ignore: decorator
@inline
export function setRegister(machine: usize, i: u32, value: usize): void {
  store<usize>(machine + ((<usize>i) << 2), value);
}

/** Word i of an instruction, an operand, as the address it stands for. */
// @ts-ignore: decorator
@inline
export function address(machine: usize, p: usize, i: usize): usize {
  const operand = load<u32>(p + (i << 2));
  return register(machine, operand & ((1 << registerBits) - 1)) + ((<usize>(operand >> registerBits)) << 2);
}
