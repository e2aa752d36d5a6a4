import { existsSync, readdirSync } from "node:fs";

const HEAD = "Generated from the folders of bindings/systems.";

const pascal = (name) => name[0].toUpperCase() + name.slice(1);

/** Names of a folder's entries, in alphabetical order. */
const entries = (folder, isOne) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(isOne)
    .map(({ name }) => name)
    .sort();

/** Names of the TypeScript files in a folder, without their endings. */
const files = (folder) =>
  entries(folder, ({ name }) => name.endsWith(".ts") && name !== "index.ts").map((name) => name.slice(0, -3));

/** The lists of systems: what tapehead/models and tapehead/tasks export, every declaration, and the files of tasks. */
export default function systems() {
  const folders = entries("bindings/systems", (entry) => entry.isDirectory());
  const withTasks = folders.filter((name) => existsSync(`bindings/systems/${name}/tasks.ts`));
  const shared = files("bindings/tasks/declarations");
  const sources = files("cli/sources");
  const lines = (names, line) => names.map(line).join("\n");

  return {
    "bindings/systems/models.ts": `/** All models, for \`import … from "tapehead/models"\`. ${HEAD} */
${lines(folders, (name) => `import { ${pascal(name)} } from "./${name}/index.js";`)}

${lines(folders, (name) => `export * from "./${name}/index.js";`)}

/** Every class of models, for \`load(bytes, { models })\`. */
export const models = [${folders.map(pascal).join(", ")}] as const;
`,
    "bindings/systems/tasks.ts": `/** All tasks, for \`import … from "tapehead/tasks"\`. ${HEAD} */
export * from "../metrics/index.js";
export * from "../tasks/index.js";
${lines(withTasks, (name) => `export * from "./${name}/tasks.js";`)}
`,
    "bindings/systems/declarations.ts": `/** Every system and every task that several share. ${HEAD} */
${lines(shared, (name) => `import { task as ${name} } from "../tasks/declarations/${name}.js";`)}
${lines(folders, (name) => `import { system as ${name} } from "./${name}/system.js";`)}

export const systems = [${folders.join(", ")}] as const;

export const sharedTasks = [${shared.join(", ")}] as const;
`,
    "cli/sources/index.ts": `/** Every kind of file that tasks draw from. Generated from the files of cli/sources. */
${lines(sources, (name) => `import { source as ${name} } from "./${name}.js";`)}

export const sources = [${sources.join(", ")}] as const;
`,
  };
}
