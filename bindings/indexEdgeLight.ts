/** Tapehead for Vercel's edge runtime, whose bundlers compile what is imported with `?module`. */
export { Engine } from "./engine/edgeLight.js";
export * from "./library.js";
