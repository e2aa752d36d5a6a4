/** What scripts/embed.mjs writes into the library. */
declare module "*?embed" {
  const binary: import("./engine/embedded.js").EmbeddedBinary;
  export default binary;
}

/** Hosts that compile modules when they are deployed hand them over compiled. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*?module" {
  const module: WebAssembly.Module;
  export default module;
}

/** A script as text, whole. */
declare module "*?script" {
  const source: string;
  export default source;
}
