/** Everything but the binary: `Engine.create` takes it as a module, bytes or a URL. */
export { Engine } from "./engine/engine.js";
export * from "./library.js";
