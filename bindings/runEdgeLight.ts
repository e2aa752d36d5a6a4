/** tapehead/run for Vercel's edge runtime. */
export { Engine } from "./engine/edgeLight.js";
export * from "./runner.js";
