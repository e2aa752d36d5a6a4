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

/** What the threads binary offers beside it; see assembly/threads.ts. */
export interface ThreadsBinary extends Binary {
  publish(team: number, machines: number, count: number, announce: boolean): void;
  help(team: number, thread: number): void;
  join(team: number, milliseconds: number): number;
}

/** The host cannot or may not compile WebAssembly. */
export class LoadError extends Error {
  override readonly name = "LoadError";
}

/**
 * Compiles the kernels.
 * @throws LoadError with the fix, where the host refuses to compile WebAssembly or has none.
 */
export async function compile({ module, bytes, url }: BinarySource): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === "undefined") {
    throw new LoadError("This host has no WebAssembly, which Tapehead computes with; use one that has it");
  }
  if (module) return "default" in module ? module.default : module;
  if (!bytes && !url) throw new TypeError("Engine.create needs one of: module, bytes, url");
  const code = bytes ?? (await fetchBytes(url!));
  try {
    return await WebAssembly.compile(code);
  } catch (error) {
    throw refusal(error) ?? error;
  }
}

/** Instantiates compiled kernels; those for threads import their memory. */
export async function load<B extends Binary>(module: WebAssembly.Module, memory?: WebAssembly.Memory): Promise<B> {
  try {
    // A platform may have compiled the module in another realm, where no instanceof knows it, so this asks none.
    const { exports } = await WebAssembly.instantiate(module, memory ? { env: { memory } } : {});
    return exports as unknown as B;
  } catch (error) {
    throw refusal(error) ?? error;
  }
}

async function fetchBytes(url: string | URL): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new LoadError(`Cannot fetch the binary: ${url} answered ${response.status}`);
  return response.arrayBuffer();
}

/** What to tell the user when the host forbids to compile. */
function refusal(error: unknown): LoadError | undefined {
  const reason = error instanceof Error ? error.message : String(error);
  if (!/code generation|unsafe-eval|Content Security Policy|\bCSP\b|disallowed/i.test(reason)) return undefined;
  return new LoadError(
    `This host refused to compile WebAssembly (${reason}). On a page, add 'wasm-unsafe-eval' to script-src of its ` +
      "Content-Security-Policy; on an edge platform, import tapehead.wasm as a module and pass " +
      "Engine.create({ module })",
    { cause: error },
  );
}
