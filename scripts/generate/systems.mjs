import { existsSync, readdirSync } from "node:fs";

const HEAD = "Generated from the folders of bindings/systems.";

const pascal = (name) => name[0].toUpperCase() + name.slice(1);

/** Names of a folder's entries, in alphabetical order. */
const entries = (folder, isOne) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(isOne)
    .map(({ name }) => name)
    .sort();

/** The lists of systems: what tapehead/models and tapehead/tasks export, and every declaration. */
export default function systems() {
  const folders = entries("bindings/systems", (entry) => entry.isDirectory());
  const withTasks = folders.filter((name) => existsSync(`bindings/systems/${name}/tasks.ts`));
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
  };
}
