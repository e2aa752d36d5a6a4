/** Tapehead for Vercel's edge runtime, whose bundlers compile what is imported with `?module`. */
export { Engine } from "./engine/hosts/defaultEdgeLight.js";
export * from "./library.js";
