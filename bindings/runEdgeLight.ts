/** tapehead/run for Vercel's edge runtime. */
export { Engine } from "./engine/hosts/runEdgeLight.js";
export * from "./runner.js";
