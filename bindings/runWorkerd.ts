/** tapehead/run for workerd. */
export { Engine } from "./engine/runWorkerd.js";
export * from "./runner.js";
