import { renameSync, unlinkSync, writeFileSync } from "node:fs";
import { onFile } from "./errors.js";

/**
 * Writes a file of a log whole or not at all: under another name first. `flush` waits until the disk has it, so that it
 * is whole after a loss of power, too. @throws LogError
 */
export function writeWholeFile(file: string, text: string, { flush = false } = {}): void {
  const temporary = `${file}.tmp`;
  onFile("write", file, () => {
    try {
      writeFileSync(temporary, text, { flush });
      renameSync(temporary, file);
    } catch (error) {
      removeIfThere(temporary);
      throw error;
    }
  });
}

function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // the reason that is thrown is that of the writing
  }
}
