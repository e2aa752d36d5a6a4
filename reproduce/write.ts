import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { formatted } from "../scripts/format.mjs";

/** Writes a generated file as the formatter leaves it. */
export async function write(file: string, text: string): Promise<void> {
  const content = await formatted(file, text);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
