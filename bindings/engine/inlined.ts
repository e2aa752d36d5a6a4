import base64 from "../../build/tapehead.wasm";
import { Engine as CoreEngine } from "./engine.js";
import type { BinarySource } from "./load.js";

/** The engine with its code inside the library: nothing to fetch, nothing to configure. */
export class Engine extends CoreEngine {
  /**
   * An engine, ready to run and train models.
   *
   * @param source where the code comes from, for hosts that only run modules they were deployed with.
   * @throws LoadError when the host cannot or may not compile WebAssembly.
   * @example
   * const engine = await Engine.create();
   */
  static override create(source: BinarySource = { bytes: decode(base64) }): Promise<Engine> {
    return super.create(source);
  }
}

function decode(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
