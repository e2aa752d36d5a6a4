import { escape } from "./html.js";

/** What a page says of a model. */
export interface ModelDescription {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly parameterCount: number;
}

/** What is known of a model and where it comes from, to be unfolded; nothing if nothing is. */
export function factsOf(model: ModelDescription | undefined, facts: Readonly<Record<string, string>>): string {
  const { name, options, parameterCount } = model ?? {};
  const known = model && { model: name, parameters: parameterCount!.toLocaleString("en-US"), ...options };
  const rows = Object.entries({ ...known, ...facts }).map(([name, value]) => {
    const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
    return `<div><dt>${escape(name)}</dt><dd>${escape(text.length > 500 ? `${text.slice(0, 500)}…` : text)}</dd></div>`;
  });
  return rows.length ? `<details><summary>The model</summary><dl>${rows.join("")}</dl></details>` : "";
}
