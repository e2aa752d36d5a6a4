/** Options as JSON. Infinity is a legal option and has no JSON. */
export const toJSON = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (v === Infinity ? "Infinity" : v));

export const fromJSON = (text: string): unknown =>
  JSON.parse(text, (_, v: unknown) => (v === "Infinity" ? Infinity : v));
