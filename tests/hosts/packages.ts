/** Hosts and drivers that come from npm: this folder's own package.json. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isProgram, output } from "./command.js";
import { Missing } from "./host.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const modules = `${folder}node_modules/`;
const MINUTES = 60_000;

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;
}

/** Brings them here, unless they are here. */
export async function installPackages(say: (line: string) => void): Promise<void> {
  if (isInstalled()) return;
  say("Installing hosts from npm (1.1 GB)");
  await output("npm", ["ci", "--no-audit", "--no-fund"], folder, 15 * MINUTES).catch((error: Error) =>
    say(`npm ci in tests/hosts failed, so hosts will be missing: ${error.message}`),
  );
}

/** Whether node_modules is what package-lock.json says; packages for other machines may be absent. */
function isInstalled(): boolean {
  const installed = `${modules}.package-lock.json`;
  if (!existsSync(installed)) return false;
  const { packages: there } = JSON.parse(readFileSync(installed, "utf8")) as Lock;
  const { packages: wanted } = JSON.parse(readFileSync(`${folder}package-lock.json`, "utf8")) as Lock;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => !path || (there[path] ? there[path].version === version : optional),
  );
}

/** A program that one of the packages brings. @throws Missing */
export function packagedProgram(path: string): string {
  const file = `${modules}${path}`;
  if (!isProgram(file))
    throw new Missing(`tests/hosts/node_modules/${path} is not there; npm ci in tests/hosts brings it`);
  return file;
}

/** Imports one of the packages, whose types the root project does not know. @throws Missing */
export async function packaged<Module>(name: string): Promise<Module> {
  try {
    return (await import(name)) as Module;
  } catch (error) {
    throw new Missing(
      `The package ${name} does not load; npm ci in tests/hosts brings it (${(error as Error).message})`,
    );
  }
}
