import { rmSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { output } from "./command.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The systems, which the package has for its command line. */
const DECLARATIONS = `export { systems } from "./node_modules/tapehead/dist/declarations.js";\n`;

/** A user's project: empty but for the packed library, and the programs that prove it. */
export interface Project {
  readonly folder: string;
  readonly checkpoint: Uint8Array<ArrayBuffer>;
  /** Of the packed library. */
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** Packs the library, which builds it, and installs the tarball in a folder of its own, which goes when this ends. */
export async function makeProject(): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "tapehead-hosts-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  await output("npm", ["pack", "--pack-destination", folder], here("../.."));
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"))!;
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  await output("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], folder);
  await cp(here("programs"), folder, { recursive: true });
  await build({ entryPoints: [here("proof.ts")], bundle: true, format: "esm", outfile: join(folder, "proof.js") });
  await writeFile(join(folder, "systems.js"), DECLARATIONS);

  const library = join(folder, "node_modules/tapehead");
  const { exports } = JSON.parse(await readFile(join(library, "package.json"), "utf8")) as Pick<Project, "exports">;
  const checkpoint = new Uint8Array(await readFile(join(library, "checkpoints/copy.safetensors")));
  return { folder, checkpoint, exports };
}
