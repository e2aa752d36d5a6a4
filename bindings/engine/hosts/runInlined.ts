/** Generated. */
import binary from "../../../build/tapehead.run.wasm?embed";
import { unembed } from "../embedded.js";
import { Engine as CoreEngine } from "../engine.js";
import type { BinarySource } from "../load.js";

/** The engine with its code inside the library: nothing to fetch, nothing to configure. */
export class Engine extends CoreEngine {
  /**
   * An engine, ready to run models. It has no code for training.
   *
   * @param source the binary, if it is not to be the one that comes with the library.
   * @throws LoadError when the host cannot or may not compile WebAssembly.
   * @example
   * const engine = await Engine.create();
   */
  static override create(source: BinarySource = { bytes: unembed(binary) }): Promise<Engine> {
    return super.create(source);
  }
}
