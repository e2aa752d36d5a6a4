import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { PlanError } from "../../runs/errors.js";
import type { PlanSource } from "./planned.js";

/** A plan as its file has it, and where that is. @throws PlanError when it cannot be read, or holds none */
export async function readPlan(file: string): Promise<PlanSource & { readonly plan: unknown }> {
  const path = resolve(file);
  const name = basename(file, extname(file));
  const plan = extname(file) === ".json" ? await readJson(file, path) : await importPlan(file, path);
  return { plan, name, folder: dirname(path) };
}

async function readJson(file: string, path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as unknown;
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

async function importPlan(file: string, path: string): Promise<unknown> {
  try {
    const { default: plan } = (await importModule(path)) as { default?: unknown };
    if (plan !== undefined) return plan;
  } catch (cause) {
    throw unreadable(file, cause);
  }
  throw new PlanError(`${file} must export its plan as the default: export default { … }`);
}

/** TypeScript is read by Node from 22.18 on, and before by tsx, where that is installed beside the plan. */
async function importModule(path: string): Promise<unknown> {
  const { href } = pathToFileURL(path);
  try {
    return await import(href);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_UNKNOWN_FILE_EXTENSION") throw error;
    let tsx: string;
    try {
      tsx = createRequire(path).resolve("tsx/esm/api");
    } catch {
      throw new Error(
        `Node ${process.versions.node} does not read TypeScript: use Node 22.18 or later, npm install tsx, or write the ` +
          "plan in JavaScript or JSON",
        { cause: error },
      );
    }
    const { tsImport } = (await import(pathToFileURL(tsx).href)) as {
      tsImport: (file: string, parent: string) => Promise<unknown>;
    };
    return tsImport(href, href);
  }
}

function unreadable(file: string, cause: unknown): PlanError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const isMissing = code === "ENOENT" || (code === "ERR_MODULE_NOT_FOUND" && message.includes(basename(file)));
  return new PlanError(`Cannot read the plan ${file}: ${isMissing ? "there is no such file" : message}`, { cause });
}
