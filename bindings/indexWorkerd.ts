/** Tapehead for workerd, which compiles wasm only when a worker is deployed: the binary is an import of its own. */
export { Engine } from "./engine/workerd.js";
export * from "./library.js";
