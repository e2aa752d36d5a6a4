/** tapehead/run for workerd. */
export { Engine } from "./engine/workerd.js";
export * from "./runner.js";
