import { readdir } from "node:fs/promises";

/** Folders of the command line with one declaration a file, each exported under the name of its file. */
const INDEXES = {
  "cli/systems": {
    about: "How each system's models run, trace and answer on the command line. Generated.",
    type: "SystemCommands",
    from: "commands",
    name: "systemCommands",
  },
  "cli/taskViews": {
    about: "How each task's sequences are given and shown on the command line. Generated.",
    type: "TaskView",
    from: "view",
    name: "taskViewList",
  },
};

export default async function cliSystems() {
  const files = {};
  for (const [folder, { about, type, from, name }] of Object.entries(INDEXES)) {
    const names = (await readdir(folder))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => file.slice(0, -3))
      .filter((file) => file !== "index" && file !== from)
      .sort();
    files[`${folder}/index.ts`] = `${names.map((each) => `import { ${each} } from "./${each}.js";\n`).join("")}
import type { ${type} } from "./${from}.js";

/** ${about} */
export const ${name}: readonly ${type}[] = [${names.join(", ")}];
`;
  }
  return files;
}
