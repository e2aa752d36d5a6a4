/** tapehead/full for workerd. */
export { Engine } from "./engine/fullWorkerd.js";
export * from "./library.js";
