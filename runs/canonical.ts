import { createHash } from "node:crypto";

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined };

/**
 * JSON of which there is one text for one value: names in the order of their UTF-16 code units, no spaces, numbers as
 * JavaScript writes them (RFC 8785). A name whose value is undefined is left out.
 *
 * @throws TypeError for what JSON cannot say, such as NaN or a function.
 */
export function canonical(value: Json | undefined, where = "the value"): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (Number.isFinite(value)) return JSON.stringify(value);
    throw new TypeError(`Cannot write ${where} as JSON: it is ${value}`);
  }
  if (Array.isArray(value)) return `[${value.map((each: Json, i) => canonical(each, `${where}[${i}]`)).join()}]`;
  if (typeof value !== "object") throw new TypeError(`Cannot write ${where} as JSON: it is a ${typeof value}`);
  const { toJSON } = value as { toJSON?: () => Json };
  if (toJSON) return canonical(toJSON.call(value), where);
  const named = Object.entries(value as Readonly<Record<string, Json | undefined>>)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${named.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each, `${where}.${name}`)}`).join()}}`;
}

/** SHA-256 in 64 hexadecimal digits. */
export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** SHA-256 of canonical JSON. */
export const hashOf = (value: Json): string => sha256(canonical(value));
