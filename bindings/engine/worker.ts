/**
 * A thread of an engine: waits in wasm for something to do until it is ended. The build puts this file into the library
 * as text, and into dist/worker.js for pages whose policy forbids workers made of text.
 */
import type { WorkOrder } from "./thread.js";

interface Port {
  postMessage(message: string): void;
  onmessage: ((event: { data: WorkOrder }) => void) | null;
}

interface Host {
  process?: { getBuiltinModule?(name: string): { parentPort: Port | null } | undefined };
}

const port =
  (globalThis as Host).process?.getBuiltinModule?.("node:worker_threads")?.parentPort ?? (self as never as Port);

port.onmessage = ({ data: { module, memory, team, thread } }) => {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const work = exports["work"] as (team: number, thread: number) => number;
  port.postMessage("ready");
  while (work(team, thread)) port.postMessage("done");
  port.postMessage("ended");
};
