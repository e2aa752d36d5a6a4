import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { ConflictError, DatabaseError } from "../errors.js";
import { MOST_LOST, type Job } from "../store/queue.js";
import type { Claimed, Store } from "../store/store.js";
import { isAway, withPatience, type Patience } from "./patience.js";
import { Worker, type Outcome } from "./worker.js";

/** What people watch. */
export type PoolEvent =
  | { readonly type: "began" | "step"; readonly run: string; readonly step: number }
  | { readonly type: "cut" | "done" | "lost"; readonly run: string }
  | { readonly type: "failed"; readonly run: string; readonly message: string }
  | { readonly type: "away"; readonly milliseconds: number; readonly message: string }
  | { readonly type: "back" };

export interface PoolOptions {
  readonly store: Store;
  /** Processes that train. */
  readonly workers: number;
  /** Module that such a process runs: it calls serveRuns. */
  readonly script: string;
  /** What it has behind its name in process.argv. */
  readonly args?: readonly string[];
  /** Seconds of a slice. Default: 10. */
  readonly sliceSeconds?: number;
  /** Whether there is nothing left to wait for; asked where no slice waits. Default: never. */
  readonly isOver?: () => Promise<boolean>;
  /** What follows from a slice that ended at its run's goal or end, such as a decision which settings go on. */
  readonly afterEnd?: () => Promise<void>;
  readonly onEvent?: (event: PoolEvent) => void;
}

/** Milliseconds between two looks for slices where there were none, and, at most, between two signs of life. */
const [IDLE, SIGN] = [500, 10_000];
/** Milliseconds that what is at hand may take to be written down when work is to stop and the database is away. */
const STOPPING = 8000;

/** Works off a queue with some processes, until there is nothing left, or it is stopped. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #store: Store;
  readonly #workers: Worker[];
  readonly #free: Set<Worker>;
  readonly #busy = new Set<Promise<void>>();
  /** Slices at hand. */
  readonly #held = new Set<Job>();
  readonly #data = new Map<string, Promise<Uint8Array>>();
  readonly #patience: Patience;
  readonly #id = randomUUID();
  #isStopping = false;
  /** Something has happened since the last look. */
  #isWoken = false;
  #onWake: () => void = () => undefined;
  #fault: Error | undefined;
  /** When to see next whether a worker was lost before it came to what follows from its slice, by performance.now(). */
  #nextLook = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#store = options.store;
    const { onEvent = () => undefined } = options;
    const onStep = (run: string, step: number): void => onEvent({ type: "step", run, step });
    const data = (hash: string): Promise<Uint8Array> => this.#read(hash);
    this.#workers = Array.from(
      { length: options.workers },
      () => new Worker(options.script, { args: options.args, data, onStep }),
    );
    this.#free = new Set(this.#workers);
    this.#patience = {
      onAway: (milliseconds, { message }) => onEvent({ type: "away", milliseconds, message }),
      onBack: () => onEvent({ type: "back" }),
      limit: () => (this.#isStopping ? STOPPING : Infinity),
    };
  }

  /** Processes at work, by which a test can end one. */
  get pids(): number[] {
    return this.#workers.flatMap(({ pid }) => pid ?? []);
  }

  /** Saves what is at hand, gives it back, and ends. */
  stop(): void {
    this.#isStopping = true;
    for (const worker of this.#workers) worker.stop();
    this.#wake();
  }

  /** @throws ConflictError when a run came out with other weights than before; DatabaseError; what keeps processes from starting */
  async run(): Promise<void> {
    const { workers } = this.#options;
    const { queue } = this.#store;
    const every = Math.min(SIGN, (1000 * queue.leaseSeconds) / 4);
    const beat = async (): Promise<void> => {
      await queue.renew([...this.#held]);
      await queue.expire();
      await this.#store.greet(this.#id, hostname(), workers);
    };
    let beating: Promise<unknown> | undefined;
    const timer = setInterval(() => {
      beating ??= beat()
        .catch((error: Error) => isAway(error) || this.#give(error))
        .finally(() => (beating = undefined));
    }, every);
    try {
      await this.#ask(beat);
      while (!this.#isStopping && !this.#fault) {
        const claimed = this.#free.size ? await this.#ask(() => this.#store.claim(this.#free.size)) : [];
        for (const each of claimed) this.#begin(each);
        if (claimed.length && this.#free.size) continue;
        if (this.#free.size && !claimed.length && (await this.#isOver())) break;
        await this.#pause();
      }
      await Promise.all(this.#busy);
      if (this.#fault) throw this.#fault;
    } finally {
      clearInterval(timer);
      await beating; // who has called may close the database
      for (const worker of this.#workers) worker.close();
      await this.#store.leave(this.#id).catch(() => undefined);
    }
  }

  /**
   * Whether there is nothing left to wait for. Who ended the last slice, here or on another host, may not have come to what
   * follows from it, or be gone: that is done here, too, before it is believed, and once in a lease while nothing waits.
   */
  async #isOver(): Promise<boolean> {
    const { isOver = () => Promise.resolve(false), afterEnd } = this.#options;
    const isOverHere = async (): Promise<boolean> => !this.#busy.size && (await this.#ask(isOver));
    const seemsOver = await isOverHere();
    if (!afterEnd || !(seemsOver || performance.now() > this.#nextLook)) return seemsOver;
    this.#nextLook = performance.now() + 1000 * this.#store.queue.leaseSeconds;
    await this.#ask(afterEnd);
    return seemsOver && isOverHere();
  }

  #ask<T>(ask: () => Promise<T>): Promise<T> {
    return withPatience(ask, this.#patience);
  }

  /** Work ends over an error. */
  #give(error: Error): void {
    this.#fault ??= error;
    this.stop();
  }

  #wake(): void {
    this.#isWoken = true;
    this.#onWake();
  }

  /** Until a process is free, or some time has gone by. */
  async #pause(): Promise<void> {
    const timer = this.#free.size ? setTimeout(() => this.#wake(), IDLE) : undefined;
    if (!this.#isWoken) await new Promise<void>((resolve) => (this.#onWake = resolve));
    this.#isWoken = false;
    clearTimeout(timer);
  }

  #read(hash: string): Promise<Uint8Array> {
    const read = async (): Promise<Uint8Array> => {
      const bytes = await this.#ask(() => this.#store.readData(hash));
      if (!bytes) throw new DatabaseError(`${this.#store.database.place} has no data with the SHA-256 ${hash}`);
      return bytes;
    };
    return this.#data.get(hash) ?? this.#data.set(hash, read()).get(hash)!;
  }

  #begin(claimed: Claimed): void {
    const { run, kept } = claimed;
    const worker = [...this.#free].find((each) => each.holds(claimed)) ?? [...this.#free][0]!;
    this.#free.delete(worker);
    this.#options.onEvent?.({ type: "began", run, step: kept?.step ?? 0 });
    this.#held.add(claimed.job);
    const work = this.#slice(worker, claimed)
      .catch((error: Error) => this.#give(error))
      .finally(() => {
        this.#busy.delete(work);
        this.#held.delete(claimed.job);
        this.#free.add(worker);
        this.#wake();
      });
    this.#busy.add(work);
  }

  async #slice(worker: Worker, claimed: Claimed): Promise<void> {
    const { sliceSeconds = 10, onEvent = () => undefined } = this.#options;
    const { run, job } = claimed;
    const isHopeless = job.lost >= MOST_LOST;
    const outcome: Outcome = isHopeless
      ? {
          type: "threw",
          run,
          message: `Its worker was lost ${job.lost} times, each time from step ${claimed.kept?.step ?? 0}`,
        }
      : await worker.slice(claimed, 1000 * sliceSeconds).catch(async (error: unknown) => {
          await this.#store.queue.giveBack(job).catch(() => undefined); // or its lease gives it back
          throw error;
        });
    await this.#ask(() => this.#write(claimed, outcome));
    if (outcome.type === "threw") onEvent({ type: "failed", run, message: outcome.message });
    else onEvent({ type: outcome.type, run });
    const isEnd = outcome.type === "cut" ? outcome.kept.step === claimed.goal : outcome.type !== "lost";
    if (!isEnd) return;
    if (outcome.type === "done") await this.#ask(() => this.#expectNoConflict(run));
    const { afterEnd } = this.#options;
    if (afterEnd) await this.#ask(afterEnd);
  }

  async #write(claimed: Claimed, outcome: Outcome): Promise<void> {
    switch (outcome.type) {
      case "cut":
        return this.#store.pause(claimed, outcome.kept);
      case "done":
        return this.#store.finish(claimed, outcome.result, hostname());
      case "threw":
        return this.#store.fail(claimed, outcome.message, hostname());
      case "lost":
        return this.#store.queue.giveBack(claimed.job);
    }
  }

  /** The same run has the same bits everywhere, or something is broken: a host, or this library. */
  async #expectNoConflict(run: string): Promise<void> {
    const [conflict] = await this.#store.database.query(
      `select c.weights, c.host, r.weights as first, r.host as first_host
       from tapehead.conflicts c join tapehead.results r on r.run = c.run where c.run = $1`,
      [run],
    );
    if (!conflict) return;
    const { weights, host, first, first_host: firstHost } = conflict as Readonly<Record<string, string>>;
    throw new ConflictError(
      `The run ${run} has the weights ${first!.slice(0, 12)} on ${firstHost} and ${weights!.slice(0, 12)} on ${host}, ` +
        "and must have the same everywhere. Nothing more is run until it is known which of the two is wrong",
    );
  }
}
