/** Tapehead with the binary that has the kernels of every model inside: `Engine.create()` needs nothing. */
export { Engine } from "./engine/hosts/fullInlined.js";
export * from "./library.js";
