import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import prettier from "prettier";

/** A text as the repository's formatter leaves it. */
export async function formatted(file: string, text: string): Promise<string> {
  return prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
}

/** Writes a generated file as the formatter leaves it. */
export async function write(file: string, text: string): Promise<void> {
  const content = await formatted(file, text);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
