import { Engine } from "../bindings/full.js";

/** Runs something with an engine, which is disposed of at its end. */
export async function withEngine<T>(use: (engine: Engine) => T | Promise<T>): Promise<T> {
  const engine = await Engine.create();
  try {
    return await use(engine);
  } finally {
    engine.dispose();
  }
}
