/** The hashes that every host must show: docs/hashes.json holds them, docs/hashes.md says who showed them. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { replaceBlock } from "../../reproduce/replaceBlock.js";
import type { Proof } from "./proof.js";

const json = new URL("../../docs/hashes.json", import.meta.url);
const markdown = new URL("../../docs/hashes.md", import.meta.url);

/** SHA-256 in hexadecimal. */
export interface Hashes {
  readonly outputs: string;
  readonly weights: string;
}

export interface Row {
  readonly host: string;
  readonly version: string;
  readonly way: string;
  readonly entry: string;
  readonly threads: number;
  readonly hashes: Hashes;
}

export const published = (): Hashes => JSON.parse(readFileSync(json, "utf8")) as Hashes;

export function hashesOf({ outputs, weights }: Proof): Hashes {
  const sha256 = (hexadecimal: string): string =>
    createHash("sha256").update(Buffer.from(hexadecimal, "hex")).digest("hex");
  return { outputs: sha256(outputs), weights: sha256(weights) };
}

/** Digits of a hash in the table. */
const DIGITS = 16;

export async function publish(hashes: Hashes, rows: readonly Row[]): Promise<void> {
  writeFileSync(json, `${JSON.stringify(hashes, null, 2)}\n`);
  const lines = rows.map(({ host, version, way, entry, threads, hashes: { outputs, weights } }) =>
    [host, version, way, entry, threads, outputs.slice(0, DIGITS), weights.slice(0, DIGITS)].join(" | "),
  );
  const table = `| host | version | loaded as | entry | threads | outputs | weights |
| --- | --- | --- | --- | ---: | --- | --- |
${lines.map((line) => `| ${line} |`).join("\n")}

Whole, the hashes are

- outputs \`${hashes.outputs}\`
- weights \`${hashes.weights}\`

Written on ${new Date().toISOString().slice(0, 10)}, on ${process.platform} ${process.arch}.`;
  const text = replaceBlock(readFileSync(markdown, "utf8"), "hashes", table);
  writeFileSync(markdown, await format(text, { parser: "markdown", printWidth: 120 }));
}
