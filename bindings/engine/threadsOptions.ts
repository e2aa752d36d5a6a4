import type { BinarySource } from "./load.js";
import type { WebWorker } from "./thread.js";

/**
 * How many threads an engine has, and what they share. `module`, `bytes` or `url`, for who has it somewhere else, is that
 * of tapehead.threads.wasm.
 */
export interface ThreadsOptions extends BinarySource {
  /** Threads that compute. Default: as many as the machine has cores. Any number gives the same bits. */
  threads?: number;
  /**
   * Bytes of memory, which threads cannot let grow; hosts take real memory only for what is used.
   * Default: 1 GiB, or what the host gives.
   */
  memory?: number;
  /**
   * Makes a worker whose script imports "tapehead/worker", for pages whose Content-Security-Policy forbids workers made
   * of text. Default: none is needed.
   */
  worker?: () => WebWorker;
}

/** Bytes that a shared memory can have at least and at most. */
export const LEAST = 0x100_0000;
const MOST = 0xffff_0000;

/** The same in every host, also where there are no threads to have. @throws RangeError */
export function expectThreadsOptions({ threads = 1, memory = LEAST }: ThreadsOptions): void {
  expectWhole("threads", threads, 1, 256);
  expectWhole("memory", memory, LEAST, MOST);
}

function expectWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`Engine.create: ${name} is ${value}, and must be a whole number from ${least} to ${most}`);
}
