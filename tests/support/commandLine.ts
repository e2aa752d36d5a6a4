import { register } from "node:module";

/** The command line's parts, whose engine has the binary inside; a test that never makes one needs none. */
export function importCommandLine(): Promise<typeof import("../../cli/plan.js")> {
  const hooks = `export const load = (url, context, next) => url.endsWith(".wasm?embed")
    ? { format: "module", source: "export default { alphabet: [], text: '' }", shortCircuit: true }
    : next(url, context);`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  return import("../../cli/plan.js");
}
