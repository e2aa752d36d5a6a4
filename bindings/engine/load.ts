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
export async function compile(source: BinarySource): Promise<WebAssembly.Module> {
  if (typeof WebAssembly === "undefined") {
    throw new LoadError("This host has no WebAssembly; use one that has it");
  }
  const { module, bytes, url } = expectSource(source);
  if (module) return "default" in module ? module.default : module;
  try {
    return await WebAssembly.compile(bytes ?? (await fetchBytes(url!)));
  } catch (error) {
    throw refusal(error);
  }
}

function expectSource(source: BinarySource): BinarySource {
  const { module, bytes, url } = source ?? {};
  if ([module, bytes, url].some((it) => it && typeof it === "object") || (url && typeof url === "string"))
    return source;
  throw new TypeError("Engine.create needs one of: module, bytes, url");
}

/** Instantiates compiled kernels; those for threads import their memory. */
export async function load<B extends Binary>(module: WebAssembly.Module, memory?: WebAssembly.Memory): Promise<B> {
  const imports: WebAssembly.Imports = memory ? { env: { memory } } : {};
  let instance: WebAssembly.Instance;
  try {
    instance = await instantiate(module, imports);
  } catch (error) {
    throw refusal(error);
  }
  const exports = instance.exports as Partial<B>;
  if (exports.memory && typeof exports.run === "function") return exports as B;
  throw new LoadError("Engine.create was given a WebAssembly module that is not Tapehead's: take tapehead.wasm");
}

/**
 * At once, since waiting for it takes longer than doing it; later only where a page's main thread may not do it at once.
 * A platform may have compiled the module in another realm, where no instanceof knows it, so this asks none.
 */
async function instantiate(module: WebAssembly.Module, imports: WebAssembly.Imports): Promise<WebAssembly.Instance> {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch (error) {
    if (error instanceof RangeError) return WebAssembly.instantiate(module, imports);
    throw error;
  }
}

async function fetchBytes(url: string | URL): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.arrayBuffer();
}

/** What to tell the user when the host forbids to compile, or what it was given is nothing to compile. */
function refusal(cause: unknown): LoadError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (!/code generation|unsafe-eval|Content Security Policy|\bCSP\b|disallowed/i.test(reason)) {
    return new LoadError(`Engine.create cannot load Tapehead's binary from what it was given: ${reason}`, { cause });
  }
  return new LoadError(
    `This host refused to compile WebAssembly (${reason}). On a page, add 'wasm-unsafe-eval' to script-src of its ` +
      "Content-Security-Policy; on an edge platform, import tapehead.wasm as a module and pass " +
      "Engine.create({ module })",
    { cause },
  );
}
