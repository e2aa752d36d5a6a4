/** Options as JSON. Infinity is a legal option and has no JSON. @throws TypeError for what would not come back. */
export const toJSON = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => {
    if (v === "Infinity" || (typeof v === "number" && v !== Infinity && v - v !== 0)) throw new TypeError(String(v));
    return v === Infinity ? "Infinity" : v;
  });

export const fromJSON = (text: string): unknown =>
  JSON.parse(text, (_, v: unknown) => (v === "Infinity" ? Infinity : v));
