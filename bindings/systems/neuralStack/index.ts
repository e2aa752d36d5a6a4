/** Neural stacks, queues and deques, as tapehead/models exports them. */
export { NeuralStack, type NeuralStackOptions } from "./neuralStack.js";
export { StackSession } from "./stackSession.js";
