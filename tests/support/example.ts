import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The folder of the examples' modules: in the project, so that "tapehead" is this package. */
const home = fileURLToPath(new URL("../../build/", import.meta.url));

/** What surrounds an example, so that it runs as it stands. */
export interface Setting {
  /** Declarations that the page leaves to the reader. */
  readonly before?: string;
  readonly after?: string;
  /** Files in the example's folder, by name. */
  readonly files?: Readonly<Record<string, Uint8Array | string>>;
}

/** Runs an example of a page as a module of its own, and returns what it exports with the files it left. */
export async function runExample<Exports>(
  code: string,
  { before = "", after = "", files = {} }: Setting = {},
): Promise<{ readonly exports: Exports; readonly read: (name: string) => Uint8Array }> {
  const folder = mkdtempSync(join(home, "example-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string): string => join(folder, name);
  for (const [name, content] of Object.entries(files)) writeFileSync(path(name), content);
  const hosts = `import * as fs from "node:fs/promises";
    const readFile = (name) => fs.readFile(new URL(name, import.meta.url));
    const writeFile = (name, bytes) => fs.writeFile(new URL(name, import.meta.url), bytes);\n`;
  writeFileSync(path("example.mjs"), `${hosts}${before}\n${code}\n${after}`);
  const exports = (await import(pathToFileURL(path("example.mjs")).href)) as Exports;
  return { exports, read: (name) => readFileSync(path(name)) };
}

/** The blocks of code of a page, by language, in order. */
export function examplesOf(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map(([, code]) => code!);
}

/** Replaces a text that must be there, such as the patience of an example. */
export function replaced(code: string, from: string | RegExp, to: string): string {
  const changed = code.replace(from, to);
  if (changed === code) throw new Error(`The example has no ${String(from)} to replace`);
  return changed;
}
