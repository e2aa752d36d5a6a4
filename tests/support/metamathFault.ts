import { MetamathError, type MetamathFault } from "../../bindings/metamath/metamathError.js";
import { thrownBy } from "./thrown.js";

/** The error that a call throws, which must be of Metamath, and what it says in the form "fault: message". */
export function faultOf(
  call: () => unknown,
): { readonly fault: MetamathFault; readonly message: string } & MetamathError {
  const error = thrownBy(call);
  if (error instanceof MetamathError) return error;
  throw error;
}
