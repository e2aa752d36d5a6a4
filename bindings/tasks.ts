/** `tapehead/tasks`: every task, and the metrics they report. */
export * from "./systems/tasks.js";
