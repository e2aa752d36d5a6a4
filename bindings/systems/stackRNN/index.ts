/** The stack-augmented RNN, as tapehead/models exports it. */
export { StackRNN, type StackRNNOptions, type StackState } from "./stackRNN.js";
