import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import prettier from "prettier";

/**
 * A text as the repository's formatter leaves it, but for examples of code: none is generated, and they take seconds. It
 * does not know pictures.
 */
export async function formatted(file: string, text: string): Promise<string> {
  if (file.endsWith(".svg")) return text;
  const config = await prettier.resolveConfig(file);
  return prettier.format(text, { ...config, embeddedLanguageFormatting: "off", filepath: file });
}

/** Writes a generated file as the formatter leaves it. */
export async function write(file: string, text: string): Promise<void> {
  const content = await formatted(file, text);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
