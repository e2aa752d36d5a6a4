import { registerBits } from "../../assembly/machine.js";
import { MemoryError } from "./memoryError.js";

/** Elements that an operand can lie behind its register. */
export const REACH = 1 << (32 - registerBits);

/** An operand: a base register and an element behind it. */
export function operand(register: number, bytes: number): number {
  const element = bytes / 4;
  if (element >= REACH) throw new MemoryError(bytes, REACH * 4, "The buffers of a program");
  return (register | (element << registerBits)) >>> 0;
}
