/** The lists of all ops: an op is what has a file in bindings/graph/ops/, named as the op is. */
import { readdir, readFile } from "node:fs/promises";

export default async function ops() {
  const files = await readdir("bindings/graph/ops");
  const names = files.filter((file) => file !== "index.ts").map((file) => file.slice(0, -".ts".length));
  names.sort();
  const lines = await Promise.all(
    names.map(async (name) => `export { ${(await exportsOf(name)).join(", ")} } from "./${name}.js";`),
  );
  return {
    "bindings/graph/ops/index.ts": `/** Every op, a line each, so that bundlers take those that are used. Generated. */
${lines.join("\n")}
`,
    "tests/ops/index.ts": `/** Every op's test. An op without one does not compile. Generated. */
import type * as ops from "../../bindings/graph/ops/index.js";
import type { OpTest } from "../support/opTest.js";
${names.map((name) => `import ${name} from "./${name}.js";`).join("\n")}

export type OpName = keyof typeof ops;

export const opTests = { ${names.join(", ")} } satisfies { [Name in OpName]: OpTest };
`,
  };
}

/** The op of a file, and the type of its options if it has any. */
async function exportsOf(name) {
  const text = await readFile(`bindings/graph/ops/${name}.ts`, "utf8");
  const options = [...text.matchAll(/^export interface (\w+Options)\b/gm)].map(([, type]) => `type ${type}`);
  return [name, ...options];
}
