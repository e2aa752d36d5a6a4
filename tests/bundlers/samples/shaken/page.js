// Takes one model class; tests/bundlers/main.mjs looks at what came with it.
import { NeuralTuringMachine } from "tapehead";

globalThis.outcome = new NeuralTuringMachine({ inputSize: 1, outputSize: 1 }).parameterCount;
