import { fileURLToPath } from "node:url";
import { packagePath } from "./packagePath.js";

/** Module of a process that trains: beside this one where all is built, or its source. */
export const workerScript = (): string =>
  import.meta.url.endsWith(".ts")
    ? fileURLToPath(new URL("child.ts", import.meta.url))
    : packagePath("dist/runWorker.js");
