/** A thread could not be started, or ended while it was needed. */
export class ThreadError extends Error {
  override readonly name = "ThreadError";
}
