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
export async function load(source: BinarySource): Promise<Binary> {
  if (typeof WebAssembly === "undefined") {
    throw new LoadError("This host has no WebAssembly, which Tapehead computes with; use one that has it");
  }
  const { module, bytes, url } = expectSource(source);
  try {
    const compiled = module && "default" in module ? module.default : module;
    const { exports } = await instantiate(compiled ?? bytes ?? fetch(url!), {});
    const { memory, run } = exports as Partial<Binary>;
    if (memory instanceof WebAssembly.Memory && typeof run === "function") return exports as unknown as Binary;
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
    throw new LoadError(`Engine.create cannot load Tapehead's binary from what it was given: ${reason}`, {
      cause: error,
    });
  }
  throw new LoadError("Engine.create was given a WebAssembly module that is not Tapehead's: take tapehead.wasm");
}

function expectSource(source: BinarySource): BinarySource {
  const { module, bytes, url } = source ?? {};
  const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;
  const right = isObject(module) || isObject(bytes) || isObject(url) || (typeof url === "string" && url);
  if (right) return source;
  throw new TypeError("Engine.create needs one of: module, bytes, url");
}
