import { adaptiveComputationTime } from "./adaptiveComputationTime.js";
import { arithmeticProgrammer } from "./arithmeticProgrammer.js";
import { attentionSeq2Seq } from "./attentionSeq2Seq.js";
import { dynamicMemoryNetwork } from "./dynamicMemoryNetwork.js";
import { endToEndMemoryNetwork } from "./endToEndMemoryNetwork.js";
import { hierarchicalAttentiveMemory } from "./hierarchicalAttentiveMemory.js";
import { listenAttendSpell } from "./listenAttendSpell.js";
import { memoryNetwork } from "./memoryNetwork.js";
import { neuralGPU } from "./neuralGPU.js";
import { neuralProgrammer } from "./neuralProgrammer.js";
import { neuralProgrammerInterpreter } from "./neuralProgrammerInterpreter.js";
import { neuralRandomAccessMachine } from "./neuralRandomAccessMachine.js";
import { neuralStack } from "./neuralStack.js";
import { neuralTuringMachine } from "./neuralTuringMachine.js";
import { pointerNetwork } from "./pointerNetwork.js";
import { policyValueNetwork } from "./policyValueNetwork.js";
import { recurrentNetwork } from "./recurrentNetwork.js";
import { reinforcementLearningNTM } from "./reinforcementLearningNTM.js";
import { showAttendTell } from "./showAttendTell.js";
import { sparseAccessMemory } from "./sparseAccessMemory.js";
import { stackRNN } from "./stackRNN.js";
import { tableProgrammer } from "./tableProgrammer.js";

import type { SystemCommands } from "./commands.js";

/** How each system's models run, trace and answer on the command line. Generated. */
export const systemCommands: readonly SystemCommands[] = [
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
];
