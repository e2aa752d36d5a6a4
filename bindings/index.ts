/** Tapehead with its binary inside: `Engine.create()` needs nothing. */
export { Engine } from "./engine/inlined.js";
export * from "./library.js";
