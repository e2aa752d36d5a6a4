import type { Proof } from "./proof.js";
import type { Project } from "./project.js";

/** One way to ask for the proof. */
export interface Run {
  /** What is imported. */
  readonly entry: string;
  /** Threads to ask for. */
  readonly threads: number;
}

const runs: readonly Run[] = [
  { entry: "tapehead", threads: 1 },
  { entry: "tapehead/full", threads: 1 },
  ...[2, 3, 4].map((threads) => ({ entry: "tapehead/threads", threads })),
];

/** Where memory is not shared, one number of threads to ask for is as good as another. */
export const runsIn = ({ sharesMemory }: Host): readonly Run[] =>
  sharesMemory ? runs : runs.filter(({ threads }) => threads <= 2);

/** What `Engine.create` is given; an entry without threads needs nothing. */
export const engineOptions = ({ entry, threads }: Run): object | null =>
  entry === "tapehead/threads" ? { threads } : null;

/** Whether an entry's engine has the kernels of every system. */
export const hasSystems = ({ entry }: Pick<Run, "entry">): boolean => entry !== "tapehead";

/** A place where the library runs. */
export interface Host {
  /** As it stands in the table. */
  readonly name: string;
  /** How the library gets there. */
  readonly way: string;
  /** Whether threads can share memory there. Where they cannot, an engine has one, whatever was asked for. */
  readonly sharesMemory: boolean;
  /** @throws Missing when the host is not on this machine. */
  open(project: Project): Promise<OpenHost>;
}

export interface OpenHost {
  readonly version: string;
  prove(run: Run): Promise<Proof>;
  close(): Promise<void>;
}

/** A host is not on this machine; the message says what is missing and why. */
export class Missing extends Error {
  override readonly name = "Missing";
}
