/** `tapehead/models`: every system. */
export * from "./systems/models.js";
