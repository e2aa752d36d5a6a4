import { UsageError } from "./errors.js";
import type { Held } from "./held.js";

/** @throws UsageError unless a file holds a model for the task that a command is for. */
export function expectTask({ file, task }: Held, wanted: string, command: string): void {
  if (task?.name === wanted) return;
  throw new UsageError(
    `${file} holds a model for ${task?.name ?? "another task"}, and ${command} takes one for ${wanted}`,
  );
}
