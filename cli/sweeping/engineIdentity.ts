import { readFileSync } from "node:fs";
import about from "../../package.json" with { type: "json" };
import { sha256 } from "../../runs/canonical.js";
import type { EngineIdentity } from "../../runs/store/store.js";
import { packagePath } from "./packagePath.js";

/** The binary that runs are trained with: all kernels, one thread. */
export const BINARY = "dist/tapehead.full.wasm";

/** The version of this package and its binary: what decides the bits beside the options of a run. */
export const engineIdentity = (): EngineIdentity => ({
  version: about.version,
  binary: sha256(readFileSync(packagePath(BINARY))),
});
