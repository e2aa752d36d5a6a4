import { instantiate } from "@assemblyscript/loader";

/** Where an engine's code comes from. Any one of these. */
export interface BinarySource {
  /** A compiled module, as a bundler or an edge platform imports it; a namespace object with a `default` will do. */
  module?: WebAssembly.Module | { default: WebAssembly.Module };
  bytes?: BufferSource;
  url?: string | URL;
}

/** What the wasm offers; see assembly/index.ts. */
export interface Binary {
  readonly memory: WebAssembly.Memory;
  run(machines: number, count: number): number;
}

/** The host cannot or may not compile WebAssembly. */
export class LoadError extends Error {
  override readonly name = "LoadError";
}

/**
 * Instantiates the kernels.
 * @throws LoadError with the fix, where the host refuses to compile WebAssembly or has none.
 */
export async function load({ module, bytes, url }: BinarySource): Promise<Binary> {
  if (typeof WebAssembly === "undefined") {
    throw new LoadError("This host has no WebAssembly, which Tapehead computes with; use one that has it");
  }
  try {
    const compiled = module && "default" in module ? module.default : module;
    // Not through the loader, which asks `instanceof`: an edge runtime's modules are from outside its own realm.
    if (compiled) return (await WebAssembly.instantiate(compiled, {})).exports as unknown as Binary;
    const source = bytes ?? (url && fetch(url));
    if (!source) throw new TypeError("Engine.create needs one of: module, bytes, url");
    const { exports } = await instantiate(source, {});
    return exports as unknown as Binary;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/code generation|unsafe-eval|Content Security Policy|disallowed/i.test(reason)) {
      throw new LoadError(
        `This host refused to compile WebAssembly (${reason}). On a page, add 'wasm-unsafe-eval' to script-src of its ` +
          "Content-Security-Policy; on an edge platform, import tapehead.wasm as a module and pass " +
          "Engine.create({ module })",
        { cause: error },
      );
    }
    throw error;
  }
}
