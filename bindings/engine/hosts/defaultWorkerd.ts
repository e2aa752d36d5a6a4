/** For workerd, which compiles wasm only when a worker is deployed: the binary is an import of its own. Generated. */
import module from "./tapehead.wasm";
import { Engine as CoreEngine } from "../engine.js";
import type { BinarySource } from "../load.js";

/** The engine, with the code that was deployed beside it. */
export class Engine extends CoreEngine {
  /**
   * An engine, ready to run and train models.
   *
   * @param source the binary, if it is not to be the one that comes with the library.
   * @throws LoadError when the host cannot or may not compile WebAssembly.
   * @example
   * const engine = await Engine.create();
   */
  static override create(source: BinarySource = { module }): Promise<Engine> {
    return super.create(source);
  }
}
