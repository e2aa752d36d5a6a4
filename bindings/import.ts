/** `tapehead/import`: networks that other libraries trained. */
export * from "./import/index.js";
