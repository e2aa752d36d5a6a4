import { register } from "node:module";

/** Empty texts in place of what the build embeds: binaries and scripts of pages, which a test of parts never uses. */
function registerEmbedded(): void {
  const hooks = `const empty = (source) => ({ format: "module", source, shortCircuit: true });
  export const load = (url, context, next) => {
    if (url.endsWith(".wasm?embed")) return empty("export default { alphabet: [], text: '' }");
    return url.endsWith("?script") ? empty("export default ''") : next(url, context);
  };`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
}

/** The command line's parts, whose engine has the binary inside; a test that never makes one needs none. */
export function importCommandLine(): Promise<typeof import("../../cli/plan.js")> {
  registerEmbedded();
  return import("../../cli/plan.js");
}

/** The declarations of systems and of tasks' views. */
export async function importDeclarations() {
  registerEmbedded();
  const { systemCommands } = await import("../../cli/systems/index.js");
  const { taskViewList } = await import("../../cli/taskViews/index.js");
  return { systemCommands, taskViewList };
}
