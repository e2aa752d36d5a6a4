/** Lists of what a folder has a file for, so that who adds a file edits no list. */
import { readdir, readFile } from "node:fs/promises";

const LISTS = [
  {
    folder: "recipes",
    name: "recipe",
    type: "Recipe",
    from: "./recipe.js",
    about: "Every recipe, by the name of its file.",
  },
  {
    folder: "reproduce/systems",
    name: "system",
    type: "System",
    from: "../system.js",
    about: "Systems that are measured in a way of their own.",
  },
  {
    folder: "reproduce/pages",
    name: "page",
    type: "Page",
    from: "../page.js",
    about: "Every page of results, by its name in docs/results.",
  },
  {
    folder: "bench/systems",
    name: "benchmarks",
    type: "SystemBenchmarks",
    from: "./benchmarks.js",
    about: "Benchmarks of systems, by the systems' names.",
    list: "systemBenchmarks",
  },
];

/** Files of a folder that export a value of this name. */
async function having({ folder, name }) {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".ts") && file !== "index.ts").sort();
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, "utf8")));
  return files.filter((_, i) => texts[i].includes(`\nexport const ${name}: `)).map((file) => file.replace(/\.ts$/, ""));
}

export default async function indexes() {
  const files = {};
  for (const list of LISTS) {
    const { folder, name, type, from, about, list: all = `${name}s` } = list;
    const names = await having(list);
    files[`${folder}/index.ts`] = `/** Generated. */
${names.map((file) => `import { ${name} as ${file} } from "./${file}.js";`).join("\n")}
import type { ${type} } from "${from}";

/** ${about} */
export const ${all}: Readonly<Record<string, ${type}>> = { ${names.join(", ")} };
`;
  }
  return files;
}
