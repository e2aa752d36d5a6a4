import { Machine, Status } from "../../assembly/machine.js";
import { Team as Word } from "../../assembly/team.js";
import type { ThreadsBinary } from "./load.js";
import type { Memory } from "./memory.js";
import { mayBlock, startThread, type Thread, type ThreadEvents, type WebWorker } from "./thread.js";
import { ThreadError } from "./threadError.js";

/** How long a thread may be silent while it starts, and while somebody waits for its part of a job, in milliseconds. */
export interface Patience {
  readonly start: number;
  readonly run: number;
}

const PATIENCE: Patience = { start: 20_000, run: 20_000 };
/** How long a caller that may wait does so, before it lets its host have a turn. */
const WAIT = 100;

export interface ThreadPoolOptions {
  readonly binary: ThreadsBinary;
  readonly module: WebAssembly.Module;
  readonly memory: Memory;
  /** Threads that compute; the calling one is among them if it may wait. */
  readonly threads: number;
  readonly source: string;
  readonly worker: (() => WebWorker) | undefined;
  readonly patience?: Patience;
}

/** Machines that threads are to share. */
interface Shared {
  /** Address of the machines' addresses, and how many there are. */
  readonly machines: number;
  readonly count: number;
  /** What the arena of each thread must have, and whether all of that is zeroed first. */
  readonly arenaBytes: number;
  readonly clear: boolean;
}

/** Threads that share the machines of a job. Which thread runs which machine changes nothing in what comes out. */
export class ThreadPool {
  readonly address: number;
  readonly threads: number;
  /** Whether the calling thread may wait, and so takes part. A page's main thread never does. */
  readonly mayBlock = mayBlock();
  readonly #binary: ThreadsBinary;
  readonly #memory: Memory;
  readonly #patience: Patience;
  readonly #workers: Thread[] = [];
  readonly #arenas: { address: number; bytes: number }[];
  #lost: ThreadError | undefined;
  /** The job that somebody awaits. */
  #flight: Promise<unknown> | undefined;
  #settle: { done(): void; lost(error: ThreadError): void } | undefined;

  private constructor({ binary, memory, threads, patience = PATIENCE }: ThreadPoolOptions) {
    this.#patience = patience;
    this.#binary = binary;
    this.#memory = memory;
    this.threads = threads;
    const slots = threads + 1;
    const words = Word.arenas + 2 * slots;
    this.address = memory.allocate(words * 4);
    memory.u32.fill(0, this.address / 4, this.address / 4 + words);
    this.#arenas = Array.from({ length: slots }, () => ({ address: 0, bytes: 0 }));
  }

  /** @throws ThreadError when a thread cannot be started. */
  static async start(options: ThreadPoolOptions): Promise<ThreadPool> {
    const pool = new ThreadPool(options);
    const count = options.threads - Number(pool.mayBlock);
    try {
      await Promise.all(Array.from({ length: count }, (_, i) => pool.#startWorker(i + 1, options)));
    } catch (error) {
      pool.dispose();
      throw error;
    }
    return pool;
  }

  #startWorker(thread: number, { module, source, worker }: ThreadPoolOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => {
        clearTimeout(timer);
        reject(
          new ThreadError(
            `Thread ${thread} of ${this.threads} did not start: ${reason}. Use Engine.create({ threads: 1 }), or, where ` +
              'a Content-Security-Policy forbids workers made of text, add "worker-src blob:" to it or pass ' +
              'Engine.create({ worker: () => new Worker(url) }) with the URL of a script that imports "tapehead/worker"',
          ),
        );
      };
      const { start } = this.#patience;
      const timer = setTimeout(() => fail(`it said nothing for ${start / 1000} s`), start);
      let ready = false;
      const events: ThreadEvents = {
        ready: () => {
          ready = true;
          clearTimeout(timer);
          resolve();
        },
        done: () => this.#settle?.done(),
        lost: (reason) => (ready ? this.#lose(`a thread has ended: ${reason}`) : fail(reason)),
      };
      try {
        const started = startThread(source, worker, events);
        this.#workers.push(started);
        started.order({ module, memory: this.#memory.shared, team: this.address, thread });
      } catch (error) {
        fail(error instanceof Error ? error.message : String(error));
      }
    });
  }

  /** Whether a job can be shared right now by a caller that waits for it. */
  get isFree(): boolean {
    return this.mayBlock && !this.#flight;
  }

  /** The address for machines that the calling thread runs by itself and whose forks it may share. */
  get forForks(): number {
    return this.isFree ? this.address : 0;
  }

  /** Shares a job and waits for its end. @throws ThreadError when a thread is gone. */
  run(machines: number, count: number, arenaBytes: number, clear: boolean): Status {
    this.#begin({ machines, count, arenaBytes, clear });
    this.#binary.help(this.address, 0);
    let [signs, silence] = [-1, 0];
    while (!this.#binary.join(this.address, WAIT)) {
      const now = this.#signs(machines, count);
      silence = now === signs ? silence + WAIT : 0;
      signs = now;
      if (silence >= this.#patience.run) throw this.#lose(`a thread has shown no sign of life for ${silence / 1000} s`);
    }
    return this.#status;
  }

  /** Shares a job and awaits its end. @throws ThreadError when a thread is gone. */
  async runAsync(machines: number, count: number, arenaBytes: () => number, clear: boolean): Promise<Status> {
    while (this.#flight) await this.#flight.catch(() => {});
    const job = { machines, count, arenaBytes: arenaBytes(), clear };
    const flight = this.mayBlock ? this.#takePart(job) : this.#handOver(job);
    this.#flight = flight;
    try {
      return await flight;
    } finally {
      this.#flight = undefined;
    }
  }

  /** Computes too, then waits a little, and only if that is not enough gives the host turns to say what is wrong. */
  async #takePart(job: Shared): Promise<Status> {
    this.#begin(job);
    this.#binary.help(this.address, 0);
    while (!this.#binary.join(this.address, WAIT)) {
      await new Promise((resume) => setTimeout(resume, 1));
      if (this.#lost) throw this.#lost;
    }
    return this.#status;
  }

  async #handOver(job: Shared): Promise<Status> {
    const end = new Promise<void>((done, lost) => (this.#settle = { done, lost }));
    try {
      this.#begin(job, { announce: true });
      await end;
    } finally {
      this.#settle = undefined;
    }
    return this.#status;
  }

  #begin({ machines, count, arenaBytes, clear }: Shared, { announce = false } = {}): void {
    if (this.#lost) throw this.#lost;
    this.#reserve(arenaBytes);
    if (clear) for (const { address, bytes } of this.#arenas) if (bytes) this.#memory.clear(address, arenaBytes);
    this.#binary.publish(this.address, machines, count, announce);
  }

  get #status(): Status {
    return this.#memory.u32[this.address / 4 + Word.status]!;
  }

  /** A number that changes while any machine of a job makes progress. */
  #signs(machines: number, count: number): number {
    const words = this.#memory.u32;
    let sum = words[this.address / 4 + Word.done]!;
    for (let i = 0; i < count; ++i) sum += words[words[machines / 4 + i]! / 4 + Machine.beat]!;
    return sum;
  }

  /** Gives every thread an arena of at least so many bytes. No job may be running. */
  #reserve(bytes: number): void {
    this.#arenas.forEach((arena, thread) => {
      if (arena.bytes >= bytes || (thread === 0 && !this.mayBlock)) return;
      if (arena.bytes) this.#memory.free(arena.address);
      this.#arenas[thread] = { address: 0, bytes: 0 };
      const address = this.#memory.allocate(bytes);
      this.#arenas[thread] = { address, bytes };
      this.#memory.u32.set([address, bytes], this.address / 4 + Word.arenas + 2 * thread);
    });
  }

  #lose(what: string): ThreadError {
    this.#lost ??= new ThreadError(
      `The engine cannot go on: ${what}. Models keep what they had learned by the step before; ` +
        "dispose of this engine and create another",
    );
    this.#settle?.lost(this.#lost);
    return this.#lost;
  }

  /** Ends the threads, whatever they are doing. */
  dispose(): void {
    this.#lost ??= new ThreadError("The engine was disposed of while a job was running on its threads");
    this.#settle?.lost(this.#lost);
    for (const worker of this.#workers) worker.end();
  }
}
