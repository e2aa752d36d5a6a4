/** tapehead/full for Vercel's edge runtime. */
export { Engine } from "./engine/hosts/fullEdgeLight.js";
export * from "./library.js";
