/** Every op, a line each. Tables elsewhere are keyed by these names, so an op without tests does not compile. */
export { identity } from "./identity.js";
export { softmax } from "./softmax.js";
