import { fork, type ChildProcess } from "node:child_process";
import type { Claimed } from "../store/store.js";
import type { Order, Report } from "./messages.js";

/** What became of a slice. A process that ended over it is lost. */
export type Outcome = Exclude<Report, { type: "ready" | "step" }> | { readonly type: "lost"; readonly run: string };

/** Starts of a process one after the other that may fail before it is given up. */
const MOST_STARTS = 3;

/** A process that trains, and the next one when it dies. */
export class Worker {
  readonly #script: string;
  readonly #args: readonly string[];
  readonly #data: (hash: string) => Promise<Uint8Array>;
  readonly #onStep: (run: string, step: number) => void;
  #process: ChildProcess | undefined;
  #ready: Promise<void> | undefined;
  #report: ((outcome: Outcome) => void) | undefined;
  /** The run whose state the process has, at this step. */
  #held: { readonly run: string; readonly step: number } | undefined;
  #isStopping = false;

  constructor(
    script: string,
    options: {
      readonly args?: readonly string[] | undefined;
      readonly data: (hash: string) => Promise<Uint8Array>;
      readonly onStep: (run: string, step: number) => void;
    },
  ) {
    this.#script = script;
    this.#args = options.args ?? [];
    this.#data = options.data;
    this.#onStep = options.onStep;
  }

  /** Of the process; undefined until the first slice. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  holds({ run, kept }: Claimed): boolean {
    return this.#held !== undefined && this.#held.run === run && this.#held.step === kept?.step;
  }

  /** Trains for some time, or to the run's goal or end. @throws Error when no process starts */
  async slice(claimed: Claimed, milliseconds: number): Promise<Outcome> {
    const { run, spec, seed, record, kept, goal } = claimed;
    await this.#start();
    const hashes = Object.values((spec["data"] ?? {}) as Readonly<Record<string, { readonly hash: string }>>);
    const data: Record<string, Uint8Array> = {};
    const isHeld = this.holds(claimed);
    if (!isHeld) for (const { hash } of hashes) data[hash] = await this.#data(hash);
    const begun = isHeld ? undefined : { spec, seed, record, kept, data };
    this.#held = undefined;
    const outcome = await new Promise<Outcome>((resolve) => {
      this.#report = resolve;
      const child = this.#process;
      if (!child?.connected) return resolve({ type: "lost", run });
      child.send({ type: "slice", run, begun, goal, milliseconds } satisfies Order, (error) => {
        if (error) this.#drop(child);
      });
      if (this.#isStopping) this.stop();
    });
    this.#report = undefined;
    if (outcome.type === "cut") this.#held = { run, step: outcome.kept.step };
    return outcome;
  }

  /** The slice ends with the next step. */
  stop(): void {
    this.#isStopping = true;
    if (this.#process?.connected) this.#process.send({ type: "stop" } satisfies Order, () => undefined);
  }

  close(): void {
    this.#process?.removeAllListeners();
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }

  async #start(): Promise<void> {
    for (let starts = 1; !this.#process; ++starts) {
      this.#begin();
      try {
        await this.#ready;
      } catch (error) {
        if (starts === MOST_STARTS) throw error;
      }
    }
    await this.#ready;
  }

  #begin(): void {
    let complaints = "";
    const child = fork(this.#script, this.#args, {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#process = child;
    this.#held = undefined;
    child.stderr!.on("data", (text) => (complaints = `${complaints}${text}`.slice(-2000)));
    this.#ready = new Promise((resolve, reject) => {
      const gone = (): void => {
        reject(new Error(`A process that trains ended before it began: ${complaints.trim() || "it said nothing"}`));
        this.#drop(child);
      };
      child.on("message", (report: Report) => {
        if (report.type === "ready") resolve();
        else if (report.type === "step") this.#onStep(report.run, report.step);
        else this.#report?.(report);
      });
      // One that cannot be talked to is gone, even if the system has not said so yet: else it would be given, and lose,
      // slice after slice.
      child.on("error", gone).on("exit", gone).on("disconnect", gone);
    });
    this.#ready.catch(() => undefined); // who waits for it is told
  }

  /** A process is of no use any more; its follower may be at work already. */
  #drop(child: ChildProcess): void {
    if (this.#process !== child) return;
    this.#process = undefined;
    this.#held = undefined;
    child.kill("SIGKILL");
    this.#report?.({ type: "lost", run: "" });
  }
}
