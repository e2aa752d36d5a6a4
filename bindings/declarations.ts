/** Every declaration of a system or a task, for the command line: a file beside it that shares the library's chunks. */
export * from "./systems/declarations.js";
