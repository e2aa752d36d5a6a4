/** Characters of a value that a message has room for. */
const MOST = 200;

/** Text from elsewhere, for a message: one line, and no longer than a message can bear. */
export function excerpt(text: string): string {
  const line = text.slice(0, MOST + 1).replace(/[\0-\x1f\x7f-\x9f]/g, "\ufffd");
  return line.length > MOST ? `${line.slice(0, MOST)}…` : line;
}

/** Any value, for a message. Values that have no text, such as symbols and objects without a prototype, have one here. */
export function shown(value: unknown): string {
  if (typeof value === "string") return excerpt(JSON.stringify(value.slice(0, MOST + 1)));
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return excerpt(String(value));
  return Array.isArray(value) || ArrayBuffer.isView(value) ? "an array" : "an object";
}
