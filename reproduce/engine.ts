import { readFileSync } from "node:fs";
import { Engine } from "../bindings/core.js";
import { BINARY } from "../cli/sweeping/engineIdentity.js";
import { packagePath } from "../cli/sweeping/packagePath.js";

/** An engine on what was built, with one thread: experiments run side by side instead. */
export const engineOf = (): Promise<Engine> => Engine.create({ bytes: readFileSync(packagePath(BINARY)) });
