/** Tapehead for workerd, which compiles wasm only when a worker is deployed: the binary is an import of its own. */
export { Engine } from "./engine/hosts/defaultWorkerd.js";
export * from "./library.js";
