/** tapehead/full for workerd. */
export { Engine } from "./engine/hosts/fullWorkerd.js";
export * from "./library.js";
