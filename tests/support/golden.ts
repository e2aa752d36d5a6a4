import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** What another implementation was given, and what it should have answered. */
export interface Example {
  readonly input: readonly (readonly number[])[];
  readonly target: readonly number[];
}

/** The committed files of others, and the folder with more of them, where there is one. */
const folders = [fileURLToPath(new URL("../golden", import.meta.url))];
if (process.env["TAPEHEAD_DATA"]) folders.push(`${process.env["TAPEHEAD_DATA"]}/reference`);

const placeOf = (path: string): string | undefined =>
  folders.map((folder) => `${folder}/${path}`).find((file) => existsSync(file));

/** Whether there are all of these files, so that what needs them can be tested. */
export const isThere = (...paths: string[]): boolean => paths.every((path) => placeOf(path) !== undefined);

/** A file's bytes. */
export function referenceFile(path: string): Buffer {
  const file = placeOf(path);
  if (file === undefined) throw new Error(`There is no ${path} in ${folders.join(" or ")}`);
  return readFileSync(file);
}

/** What is in a compressed file of JSON. */
export const golden = <T>(path: string): T => JSON.parse(gunzipSync(referenceFile(path)).toString()) as T;
