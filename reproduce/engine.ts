import { readFileSync } from "node:fs";
import { Engine } from "../bindings/core.js";
import { ThreadedEngine } from "../bindings/engine/threaded.js";
import { BINARY } from "../cli/sweeping/engineIdentity.js";
import { packagePath } from "../cli/sweeping/packagePath.js";

const built = (file: string): Buffer<ArrayBuffer> => readFileSync(packagePath(file));

/** Milliseconds without a sign of life of a thread: where others take the cores, training is slow, and not lost. */
const PATIENCE = 300_000;

/** An engine on what was built, with one thread as a rule: experiments run side by side instead. */
export const engineOf = (threads = 1): Promise<Engine> =>
  ThreadedEngine.start(
    { threads },
    {
      binary: () => ({ bytes: built("dist/tapehead.threads.wasm") }),
      source: built("dist/worker.js").toString(),
      patience: { start: PATIENCE, run: PATIENCE },
      alone: () => Engine.create({ bytes: built(BINARY) }),
    },
  );
