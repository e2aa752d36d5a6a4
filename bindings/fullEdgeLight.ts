/** tapehead/full for Vercel's edge runtime. */
export { Engine } from "./engine/fullEdgeLight.js";
export * from "./library.js";
