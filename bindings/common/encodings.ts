/** Whether a value is a Uint8Array: by its tag, since one of another realm, such as Jest's, is of another class. */
export const isBytes = (value: unknown): value is Uint8Array =>
  Object.prototype.toString.call(value) === "[object Uint8Array]";

/** The bytes of a text in UTF-8. @throws Error where the host has no TextEncoder. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  if (typeof TextEncoder === "undefined") {
    throw new Error('This host has no TextEncoder; Jest with jsdom gets that of "util" in a file of its setupFiles');
  }
  return new TextEncoder().encode(text);
}
