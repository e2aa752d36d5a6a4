/** A file cannot be used. The message names the file and says what is wrong with it. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";

  constructor(
    readonly file: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`Cannot load ${file}: ${reason}`, options);
  }
}

/** Refuses a file for a reason. */
export type Fail = (reason: string, cause?: unknown) => never;

/** The refusal of one file, for what reads it. */
export const refusing =
  (file: string): Fail =>
  (reason, cause) => {
    throw new CheckpointError(file, reason, cause === undefined ? undefined : { cause });
  };
