/** Tapehead with its binary inside: `Engine.create()` needs nothing. */
export { Engine } from "./engine/hosts/defaultInlined.js";
export * from "./library.js";
