import { escape } from "./html.js";

/** What a page says of a model. */
export interface Described {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly parameterCount: number;
}

/** What is known of a model and where it comes from, to be unfolded. */
export function factsOf(model: Described, facts: Readonly<Record<string, string>>): string {
  const { name, options, parameterCount } = model;
  const all = { model: name, parameters: parameterCount.toLocaleString("en-US"), ...options, ...facts };
  const rows = Object.entries(all).map(([name, value]) => {
    const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
    return `<div><dt>${escape(name)}</dt><dd>${escape(text.length > 500 ? `${text.slice(0, 500)}…` : text)}</dd></div>`;
  });
  return `<details><summary>The model</summary><dl>${rows.join("")}</dl></details>`;
}
