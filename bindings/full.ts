/** Tapehead with the binary that has the kernels of every model inside: `Engine.create()` needs nothing. */
export { Engine } from "./engine/fullInlined.js";
export * from "./library.js";
