/** The hashes that every host must show: docs/hashes.json holds them, docs/hashes.md says who showed them. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { replaceBlock } from "../../reproduce/replaceBlock.js";
import { formatted } from "../../scripts/format.mjs";
import type { Proof } from "./proof.js";

const json = new URL("../../docs/hashes.json", import.meta.url);
const markdown = new URL("../../docs/hashes.md", import.meta.url);

/** SHA-256 in hexadecimal. */
export interface Hashes {
  readonly outputs: string;
  readonly weights: string;
  /** By the class of a system's model; empty where not all of them run. */
  readonly systems: Readonly<Record<string, string>>;
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

export function hashesOf({ outputs, weights, systems }: Proof): Hashes {
  const sha256 = (hexadecimal: string): string =>
    createHash("sha256").update(Buffer.from(hexadecimal, "hex")).digest("hex");
  const ofSystems = Object.entries(systems).map(([name, bytes]) => [name, sha256(bytes)]);
  return { outputs: sha256(outputs), weights: sha256(weights), systems: Object.fromEntries(ofSystems) };
}

/** What differs from the published hashes, in words. A host whose engine has not the kernels of all systems shows none. */
export function differences(shown: Hashes, expected: Hashes, all: boolean): string[] {
  const flat = ({ systems, ...rest }: Hashes): Record<string, string> => ({ ...rest, ...(all && systems) });
  const [ours, theirs] = [flat(shown), flat(expected)];
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    .filter((what) => ours[what] !== theirs[what])
    .map((what) => `${what} has the hash ${ours[what] ?? "none"}, not ${theirs[what] ?? "none"}`);
}

/** One hash of all systems' hashes, or a dash. */
export function ofAll({ systems }: Hashes): string {
  const all = Object.entries(systems).map(([name, hash]) => `${name} ${hash}`);
  return all.length ? createHash("sha256").update(all.sort().join("\n")).digest("hex") : "–";
}

/** Digits of a hash in the table. */
const DIGITS = 16;

export async function publish(hashes: Hashes, rows: readonly Row[]): Promise<void> {
  writeFileSync(json, `${JSON.stringify(hashes, null, 2)}\n`);
  const lines = rows.map(({ host, version, way, entry, threads, hashes }) => {
    const digits = [hashes.outputs, hashes.weights, ofAll(hashes)].map((hash) => hash.slice(0, DIGITS));
    return [host, version, way, entry, threads, ...digits].join(" | ");
  });
  const table = `| host | version | loaded as | entry | threads | outputs | weights | systems |
| --- | --- | --- | --- | ---: | --- | --- | --- |
${lines.map((line) => `| ${line} |`).join("\n")}

Whole, the hashes are

- outputs \`${hashes.outputs}\`
- weights \`${hashes.weights}\`
- systems \`${ofAll(hashes)}\`, of

| system | hash |
| --- | --- |
${Object.entries(hashes.systems)
  .map(([name, hash]) => `| ${name} | ${hash} |`)
  .join("\n")}

Written on ${new Date().toISOString().slice(0, 10)}, on ${process.platform} ${process.arch}.`;
  const text = replaceBlock(readFileSync(markdown, "utf8"), "hashes", table);
  writeFileSync(markdown, await formatted("docs/hashes.md", text));
}
