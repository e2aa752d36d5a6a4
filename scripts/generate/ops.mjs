/** The lists of all ops: an op is what has a file in bindings/graph/ops/, named as the op is. */
import { readdir } from "node:fs/promises";

export default async function ops() {
  const files = await readdir("bindings/graph/ops");
  const names = files.filter((file) => file !== "index.ts").map((file) => file.slice(0, -".ts".length));
  names.sort();
  return {
    "bindings/graph/ops/index.ts": `/** Every op, a line each, so that bundlers take those that are used. Generated. */
${names.map((name) => `export { ${name} } from "./${name}.js";`).join("\n")}
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
