import { readFileSync } from "node:fs";

/** Milliseconds: of CPU in all of a process's threads, and on the wall. */
export interface Time {
  readonly cpu: number;
  readonly wall: number;
}

/** What a process that starts cold prints, as JSON. */
export interface ColdStart {
  readonly all: Time;
  readonly parts: Readonly<Record<string, Time>>;
  readonly logits: readonly number[];
}

export type Part = <T>(name: string, work: () => T | Promise<T>) => Promise<T>;

/** Times a start in this process, from here to the end of `start`, all of it and by part. Files are read before. */
export async function measure(start: (files: Uint8Array[], part: Part) => Promise<ArrayLike<number>>): Promise<void> {
  const files = process.argv.slice(2).map((file) => new Uint8Array(readFileSync(file)));
  const parts: Record<string, Time> = {};
  const part: Part = async (name, work) => {
    const since = clock();
    const result = await work();
    parts[name] = since();
    return result;
  };
  const since = clock();
  const logits = await start(files, part);
  const all = since();
  console.log(JSON.stringify({ all, parts, logits: Array.from(logits) } satisfies ColdStart));
}

function clock(): () => Time {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { cpu: (user + system) / 1000, wall: performance.now() - wall };
  };
}
