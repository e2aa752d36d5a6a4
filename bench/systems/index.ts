/** Generated. */
import { benchmarks as adaptiveComputationTime } from "./adaptiveComputationTime.js";
import { benchmarks as attentionSeq2Seq } from "./attentionSeq2Seq.js";
import { benchmarks as dynamicMemoryNetwork } from "./dynamicMemoryNetwork.js";
import { benchmarks as endToEndMemoryNetwork } from "./endToEndMemoryNetwork.js";
import { benchmarks as neuralProgrammer } from "./neuralProgrammer.js";
import { benchmarks as neuralProgrammerInterpreter } from "./neuralProgrammerInterpreter.js";
import { benchmarks as neuralRandomAccessMachine } from "./neuralRandomAccessMachine.js";
import { benchmarks as neuralStack } from "./neuralStack.js";
import { benchmarks as reinforcementLearningNTM } from "./reinforcementLearningNTM.js";
import { benchmarks as sparseAccessMemory } from "./sparseAccessMemory.js";
import { benchmarks as stackRNN } from "./stackRNN.js";
import type { SystemBenchmarks } from "./benchmarks.js";

/** Benchmarks of systems, by the systems' names. */
export const systemBenchmarks: Readonly<Record<string, SystemBenchmarks>> = {
  adaptiveComputationTime,
  attentionSeq2Seq,
  dynamicMemoryNetwork,
  endToEndMemoryNetwork,
  neuralProgrammer,
  neuralProgrammerInterpreter,
  neuralRandomAccessMachine,
  neuralStack,
  reinforcementLearningNTM,
  sparseAccessMemory,
  stackRNN,
};
