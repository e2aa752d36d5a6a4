/** All models, for `import … from "tapehead/models"`. Generated from the folders of bindings/systems. */
import { AdaptiveComputationTime } from "./adaptiveComputationTime/index.js";
import { ArithmeticProgrammer } from "./arithmeticProgrammer/index.js";
import { AttentionSeq2Seq } from "./attentionSeq2Seq/index.js";
import { DynamicMemoryNetwork } from "./dynamicMemoryNetwork/index.js";
import { EndToEndMemoryNetwork } from "./endToEndMemoryNetwork/index.js";
import { HierarchicalAttentiveMemory } from "./hierarchicalAttentiveMemory/index.js";
import { ListenAttendSpell } from "./listenAttendSpell/index.js";
import { MemoryNetwork } from "./memoryNetwork/index.js";
import { NeuralGPU } from "./neuralGPU/index.js";
import { NeuralProgrammer } from "./neuralProgrammer/index.js";
import { NeuralProgrammerInterpreter } from "./neuralProgrammerInterpreter/index.js";
import { NeuralRandomAccessMachine } from "./neuralRandomAccessMachine/index.js";
import { NeuralStack } from "./neuralStack/index.js";
import { NeuralTuringMachine } from "./neuralTuringMachine/index.js";
import { PointerNetwork } from "./pointerNetwork/index.js";
import { PolicyValueNetwork } from "./policyValueNetwork/index.js";
import { RecurrentNetwork } from "./recurrentNetwork/index.js";
import { ReinforcementLearningNTM } from "./reinforcementLearningNTM/index.js";
import { ShowAttendTell } from "./showAttendTell/index.js";
import { SparseAccessMemory } from "./sparseAccessMemory/index.js";
import { StackRNN } from "./stackRNN/index.js";
import { TableProgrammer } from "./tableProgrammer/index.js";

export * from "./adaptiveComputationTime/index.js";
export * from "./arithmeticProgrammer/index.js";
export * from "./attentionSeq2Seq/index.js";
export * from "./dynamicMemoryNetwork/index.js";
export * from "./endToEndMemoryNetwork/index.js";
export * from "./hierarchicalAttentiveMemory/index.js";
export * from "./listenAttendSpell/index.js";
export * from "./memoryNetwork/index.js";
export * from "./neuralGPU/index.js";
export * from "./neuralProgrammer/index.js";
export * from "./neuralProgrammerInterpreter/index.js";
export * from "./neuralRandomAccessMachine/index.js";
export * from "./neuralStack/index.js";
export * from "./neuralTuringMachine/index.js";
export * from "./pointerNetwork/index.js";
export * from "./policyValueNetwork/index.js";
export * from "./recurrentNetwork/index.js";
export * from "./reinforcementLearningNTM/index.js";
export * from "./showAttendTell/index.js";
export * from "./sparseAccessMemory/index.js";
export * from "./stackRNN/index.js";
export * from "./tableProgrammer/index.js";

/** Every class of models, for `load(bytes, { models })`. */
export const models = [
  AdaptiveComputationTime,
  ArithmeticProgrammer,
  AttentionSeq2Seq,
  DynamicMemoryNetwork,
  EndToEndMemoryNetwork,
  HierarchicalAttentiveMemory,
  ListenAttendSpell,
  MemoryNetwork,
  NeuralGPU,
  NeuralProgrammer,
  NeuralProgrammerInterpreter,
  NeuralRandomAccessMachine,
  NeuralStack,
  NeuralTuringMachine,
  PointerNetwork,
  PolicyValueNetwork,
  RecurrentNetwork,
  ReinforcementLearningNTM,
  ShowAttendTell,
  SparseAccessMemory,
  StackRNN,
  TableProgrammer,
] as const;
