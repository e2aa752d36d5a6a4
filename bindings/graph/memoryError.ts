/** A program needs more memory than there can be. */
export class MemoryError extends RangeError {
  override readonly name = "MemoryError";

  /** Bytes needed, at least, and bytes that there can be. */
  constructor(
    readonly needed: number,
    readonly available: number,
    what = "The engine's memory",
  ) {
    const mebi = (bytes: number): string => `${Math.ceil(bytes / 0x10_0000).toLocaleString("en-US")} MiB`;
    super(
      `${what} would have to hold ${mebi(needed)}, and can hold at most ${mebi(available)}. ` +
        "Use a smaller batch, shorter sequences or a smaller model",
    );
  }
}
