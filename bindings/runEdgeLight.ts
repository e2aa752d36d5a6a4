/** tapehead/run for Vercel's edge runtime. */
export { Engine } from "./engine/runEdgeLight.js";
export * from "./runner.js";
