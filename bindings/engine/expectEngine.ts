import { shown } from "../common/shown.js";
import type { Engine } from "./engine.js";

/**
 * Throws unless a value is an engine. It may be one of another copy of this library, as bundlers sometimes make one.
 * @throws TypeError
 */
export function expectEngine(owner: string, engine: Engine): void {
  const { keep, settle } = (engine ?? {}) as Partial<Engine>;
  if (typeof keep === "function" && typeof settle === "function") return;
  throw new TypeError(`${owner}: the engine is ${shown(engine)}, and must be what Engine.create() resolves to`);
}
