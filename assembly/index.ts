/** The ABI: one function. Everything else is words in memory; see machine.ts and generated/opcodes.ts. */
import { interpret } from "./interpreter";
import { Machine, Status } from "./machine";
import { register } from "./words";

/**
 * Runs `count` machines one after the other; `machines` is the address of their addresses.
 * Returns the first Status that is not done, or done.
 */
export function run(machines: usize, count: i32): i32 {
  for (let i = 0; i < count; ++i) {
    const machine = load<usize>(machines + ((<usize>i) << 2));
    const status = interpret(machine, register(machine, Machine.program));
    if (status) return status;
  }
  return Status.done;
}
