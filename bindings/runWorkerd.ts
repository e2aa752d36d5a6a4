/** tapehead/run for workerd. */
export { Engine } from "./engine/hosts/runWorkerd.js";
export * from "./runner.js";
