import { reasonOf } from "../common/reasons.js";

/** A log cannot be written, read or gone on with. */
export class LogError extends Error {
  override readonly name = "LogError";

  constructor(
    message: string,
    /** The file or folder in question. */
    readonly file: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Runs an operation on a file. @throws LogError that names the file and the reason, such as a full disk. */
export function onFile<T>(attempt: "read" | "write", file: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof LogError) throw error;
    throw new LogError(`Cannot ${attempt} ${file}: ${reasonOf(error, "it is gone")}`, file, { cause: error });
  }
}
