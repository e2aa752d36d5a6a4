import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Test } from "uvu";

/** What another implementation was given, and what it should have answered. */
export interface Example {
  readonly input: readonly (readonly number[])[];
  readonly target: readonly number[];
}

/** A test on a file of the reference data, which counts as skipped where there is none. */
export function golden(suite: Test, title: string, file: string, test: (examples: readonly Example[]) => void): void {
  const data = process.env["TAPEHEAD_DATA"];
  if (!data) return suite.skip(title, () => undefined);
  suite(title, () => {
    const text = gunzipSync(readFileSync(join(data, "reference", file))).toString();
    test((JSON.parse(text) as { examples: Example[] }).examples);
  });
}
