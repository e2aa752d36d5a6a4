/** A process that plays games and learns from them, slice after slice, for the one that started it. */
import { serveRuns } from "../../runs/work/serve.js";
import { engineOf } from "../engine.js";
import { Learning, LEARNING } from "./learning.js";
import { Playing, PLAYING } from "./playing.js";

const engine = await engineOf();

serveRuns({
  [PLAYING]: (begun) => Promise.resolve(new Playing(engine, begun)),
  [LEARNING]: (begun) => Promise.resolve(new Learning(engine, begun)),
});
