/** A process that trains runs, slice after slice, for the one that started it. */
import { readFileSync } from "node:fs";
import { Engine } from "../../bindings/core.js";
import { serveRuns } from "../../runs/work/serve.js";
import { BINARY, engineIdentity } from "./engineIdentity.js";
import { packagePath } from "./packagePath.js";
import { performTraining } from "./performTraining.js";
import { KIND } from "./setting.js";

const engine = await Engine.create({ bytes: readFileSync(packagePath(BINARY)) });
const identity = engineIdentity();

serveRuns({ [KIND]: async (begun) => performTraining(engine, identity, begun) });
