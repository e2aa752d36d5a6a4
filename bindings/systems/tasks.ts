/** All tasks, for `import … from "tapehead/tasks"`. Generated from the folders of bindings/systems. */
export * from "../metrics/index.js";
export * from "../tasks/index.js";
export * from "./arithmeticProgrammer/tasks.js";
export * from "./attentionSeq2Seq/tasks.js";
export * from "./hierarchicalAttentiveMemory/tasks.js";
export * from "./listenAttendSpell/tasks.js";
export * from "./neuralGPU/tasks.js";
export * from "./neuralProgrammer/tasks.js";
export * from "./neuralProgrammerInterpreter/tasks.js";
export * from "./neuralRandomAccessMachine/tasks.js";
export * from "./neuralStack/tasks.js";
export * from "./pointerNetwork/tasks.js";
export * from "./policyValueNetwork/tasks.js";
export * from "./reinforcementLearningNTM/tasks.js";
export * from "./showAttendTell/tasks.js";
export * from "./stackRNN/tasks.js";
export * from "./tableProgrammer/tasks.js";
