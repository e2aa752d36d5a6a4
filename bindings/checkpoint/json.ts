/** Options as JSON. Infinity is a legal option and has no JSON. @throws TypeError for what would not come back. */
export const toJSON = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => {
    if (v === "Infinity" || (typeof v === "number" && v !== Infinity && v - v !== 0)) throw new TypeError(String(v));
    return v === Infinity ? "Infinity" : v;
  });

export const fromJSON = (text: string): unknown =>
  JSON.parse(text, (_, v: unknown) => (v === "Infinity" ? Infinity : v));

/** Objects within objects. No option needs more, and what walks them uses the stack. */
export const MOST_DEPTH = 32;

/** Walks no further than it must, since what it walks may be as deep as a file is long. */
export function isDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === MOST_DEPTH || Object.values(value).some((inner) => isDeep(inner, depth + 1));
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
