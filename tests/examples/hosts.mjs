/** What tests/hosts brings: packages and programs. Also for scripts that run in another Node, without TypeScript. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../hosts/", import.meta.url));

/** Requires packages of tests/hosts. */
export const hostsRequire = createRequire(join(folder, "package.json"));

/** A program of a package in tests/hosts. */
export const program = (name) => join(folder, "node_modules/.bin", name);

export const node24 = join(folder, "node_modules/node24/bin/node");
