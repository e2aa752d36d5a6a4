/** `tapehead/trace`: pages that show what a model does. */
export * from "./trace/index.js";
