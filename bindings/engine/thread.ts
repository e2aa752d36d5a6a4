/** What a thread is told once, when it starts. */
export interface WorkOrder {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the team, and which of its threads this is. */
  readonly team: number;
  readonly thread: number;
}

/** What a thread says. */
export interface ThreadEvents {
  ready(): void;
  /** It has finished the last machine of a job. */
  done(): void;
  /** It has ended, and nobody asked it to. */
  lost(reason: string): void;
}

/** One worker of whichever kind the host has. */
export interface Thread {
  order(order: WorkOrder): void;
  end(): void;
}

/** A worker as browsers have them. */
export interface WebWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

interface NodeWorker {
  postMessage(message: unknown): void;
  terminate(): unknown;
  on(event: string, listener: (value: never) => void): unknown;
  unref(): void;
}

interface NodeThreads {
  Worker: new (source: string, options: { eval: true }) => NodeWorker;
}

type Host = {
  process?: { getBuiltinModule?(name: string): unknown };
  Worker?: new (url: string) => WebWorker;
};

const host = globalThis as Host;

/** Threads as Node, Deno and Bun have them; they let the process end. Asked for, not imported, so bundlers see nothing. */
const nodeThreads = (): NodeThreads | undefined =>
  host.process?.getBuiltinModule?.("node:worker_threads") as NodeThreads | undefined;

/** Whether the host has workers that can share memory. */
export function hasThreads(): boolean {
  // A page without the COOP and COEP headers has the constructor or not, and cannot share memory either way.
  const isolated = (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated !== false;
  return typeof SharedArrayBuffer === "function" && isolated && !!(nodeThreads() ?? host.Worker);
}

/** Whether this thread may wait; a page's main thread may not. */
export function mayBlock(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return true;
  } catch {
    return false;
  }
}

/** Starts a worker on `source`, or the one that `make` makes. */
export function startThread(source: string, make: (() => WebWorker) | undefined, events: ThreadEvents): Thread {
  const node = make ? undefined : nodeThreads();
  return node ? startNodeThread(new node.Worker(source, { eval: true }), events) : startWebThread(source, make, events);
}

function hear(message: unknown, events: ThreadEvents): void {
  if (message === "ready") events.ready();
  else if (message === "done") events.done();
}

function startNodeThread(worker: NodeWorker, events: ThreadEvents): Thread {
  worker.on("message", (message: unknown) => hear(message, events));
  worker.on("error", (error: Error) => events.lost(error.message));
  worker.on("exit", (code: number) => events.lost(`it exited with code ${code}`));
  return {
    order(order) {
      worker.postMessage(order);
      // Waiting for "ready" must keep the process alive; waiting for work must not.
      worker.on("message", () => worker.unref());
    },
    end: () => void worker.terminate(),
  };
}

function startWebThread(source: string, make: (() => WebWorker) | undefined, events: ThreadEvents): Thread {
  let url: string | undefined;
  const forget = (): void => {
    if (url) URL.revokeObjectURL(url);
    url = undefined;
  };
  const start = (): WebWorker => {
    url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    return new host.Worker!(url);
  };
  const worker = make?.() ?? start();
  worker.onmessage = ({ data }) => {
    forget();
    hear(data, events);
  };
  worker.onerror = ({ message }) => {
    forget();
    events.lost(message || "its script did not load");
  };
  return { order: (order) => worker.postMessage(order), end: () => worker.terminate() };
}
