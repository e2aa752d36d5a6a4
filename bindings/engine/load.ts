import { assertions } from "./assertions.js";

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
    const code = bytes ?? (url ? await fetchBytes(url) : undefined);
    if (!compiled && !code) throw new TypeError("Engine.create needs one of: module, bytes, url");
    const kernels = compiled ?? (await WebAssembly.compile(code!));
    const { exports } = await WebAssembly.instantiate(
      kernels,
      assertions(() => binary.memory),
    );
    const binary = exports as unknown as Binary;
    return binary;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/code generation|unsafe-eval|Content Security Policy|\bCSP\b|disallowed/i.test(reason)) {
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

async function fetchBytes(url: string | URL): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new LoadError(`Cannot fetch the binary: ${url} answered ${response.status}`);
  return response.arrayBuffer();
}
