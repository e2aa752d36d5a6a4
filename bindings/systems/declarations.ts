/** Every system and every task that several share. Generated from the folders of bindings/systems. */
import { task as addition } from "../tasks/declarations/addition.js";
import { task as associativeRecall } from "../tasks/declarations/associativeRecall.js";
import { task as babi } from "../tasks/declarations/babi.js";
import { task as copy } from "../tasks/declarations/copy.js";
import { task as dynamicNgrams } from "../tasks/declarations/dynamicNgrams.js";
import { task as logic } from "../tasks/declarations/logic.js";
import { task as pairs } from "../tasks/declarations/pairs.js";
import { task as parity } from "../tasks/declarations/parity.js";
import { task as prioritySort } from "../tasks/declarations/prioritySort.js";
import { task as repeatCopy } from "../tasks/declarations/repeatCopy.js";
import { task as sort } from "../tasks/declarations/sort.js";
import { task as text } from "../tasks/declarations/text.js";
import { system as adaptiveComputationTime } from "./adaptiveComputationTime/system.js";
import { system as arithmeticProgrammer } from "./arithmeticProgrammer/system.js";
import { system as attentionSeq2Seq } from "./attentionSeq2Seq/system.js";
import { system as dynamicMemoryNetwork } from "./dynamicMemoryNetwork/system.js";
import { system as endToEndMemoryNetwork } from "./endToEndMemoryNetwork/system.js";
import { system as hierarchicalAttentiveMemory } from "./hierarchicalAttentiveMemory/system.js";
import { system as listenAttendSpell } from "./listenAttendSpell/system.js";
import { system as memoryNetwork } from "./memoryNetwork/system.js";
import { system as neuralGPU } from "./neuralGPU/system.js";
import { system as neuralProgrammer } from "./neuralProgrammer/system.js";
import { system as neuralProgrammerInterpreter } from "./neuralProgrammerInterpreter/system.js";
import { system as neuralRandomAccessMachine } from "./neuralRandomAccessMachine/system.js";
import { system as neuralStack } from "./neuralStack/system.js";
import { system as neuralTuringMachine } from "./neuralTuringMachine/system.js";
import { system as pointerNetwork } from "./pointerNetwork/system.js";
import { system as policyValueNetwork } from "./policyValueNetwork/system.js";
import { system as recurrentNetwork } from "./recurrentNetwork/system.js";
import { system as reinforcementLearningNTM } from "./reinforcementLearningNTM/system.js";
import { system as showAttendTell } from "./showAttendTell/system.js";
import { system as sparseAccessMemory } from "./sparseAccessMemory/system.js";
import { system as stackRNN } from "./stackRNN/system.js";
import { system as tableProgrammer } from "./tableProgrammer/system.js";

export const systems = [
  adaptiveComputationTime,
  arithmeticProgrammer,
  attentionSeq2Seq,
  dynamicMemoryNetwork,
  endToEndMemoryNetwork,
  hierarchicalAttentiveMemory,
  listenAttendSpell,
  memoryNetwork,
  neuralGPU,
  neuralProgrammer,
  neuralProgrammerInterpreter,
  neuralRandomAccessMachine,
  neuralStack,
  neuralTuringMachine,
  pointerNetwork,
  policyValueNetwork,
  recurrentNetwork,
  reinforcementLearningNTM,
  showAttendTell,
  sparseAccessMemory,
  stackRNN,
  tableProgrammer,
] as const;

export const sharedTasks = [
  addition,
  associativeRecall,
  babi,
  copy,
  dynamicNgrams,
  logic,
  pairs,
  parity,
  prioritySort,
  repeatCopy,
  sort,
  text,
] as const;
