import { closeSync, fdatasyncSync, openSync, writeFileSync } from "node:fs";
import { onFile } from "./errors.js";

/**
 * A file that grows by blocks: what is appended is kept in memory until `flush`. A process that is killed meanwhile may
 * leave part of a block. All methods throw a LogError that names the file.
 */
export class AppendFile {
  readonly file: string;
  #descriptor: number | undefined;
  #parts: Uint8Array[] = [];
  #size = 0;

  /** `flags` as for `fs.open`: "a" goes on with a file or begins one, "ax" only begins one. */
  constructor(file: string, flags: "a" | "ax") {
    this.file = file;
    this.#descriptor = onFile("write", file, () => openSync(file, flags));
  }

  /** Bytes that are not in the file yet. */
  get pending(): number {
    return this.#size;
  }

  append(part: string | Uint8Array): void {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    this.#parts.push(bytes);
    this.#size += bytes.length;
  }

  flush(): void {
    if (!this.#size) return;
    const block = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    onFile("write", this.file, () => writeFileSync(this.#descriptor!, block));
  }

  /** Writes what is pending and waits until the disk has it, so that it outlasts a loss of power. */
  sync(): void {
    this.flush();
    onFile("write", this.file, () => fdatasyncSync(this.#descriptor!));
  }

  /** Writes what is pending, and closes the file; a second time is harmless. */
  close(): void {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) return;
    try {
      this.flush();
    } finally {
      this.#descriptor = undefined;
      onFile("write", this.file, () => closeSync(descriptor));
    }
  }
}
