export const enum ExitCode {
  done = 0,
  failed = 1,
  wrongUsage = 2,
  interrupted = 130,
}

/** The command line asks for something that cannot be. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A file cannot be read or written. */
export class FileError extends Error {
  override readonly name = "FileError";
}

/** Runs what only the command line can get wrong: what options say, not what happens afterwards. */
export function asUsage<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    const isOption = error instanceof TypeError || (error instanceof RangeError && error.name === "RangeError");
    throw isOption ? new UsageError(error.message, { cause: error }) : error;
  }
}
