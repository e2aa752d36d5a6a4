/** tapehead/run with the binary inside: an engine, and compiled models that run on it. */
export { Engine } from "./engine/hosts/runInlined.js";
export * from "./runner.js";
