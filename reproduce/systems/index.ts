/** Generated. */
import { system as attentionSeq2Seq } from "./attentionSeq2Seq.js";
import { system as dynamicMemoryNetwork } from "./dynamicMemoryNetwork.js";
import { system as endToEndMemoryNetwork } from "./endToEndMemoryNetwork.js";
import { system as listenAttendSpell } from "./listenAttendSpell.js";
import { system as memoryNetwork } from "./memoryNetwork.js";
import { system as neuralProgrammerInterpreter } from "./neuralProgrammerInterpreter.js";
import { system as neuralRandomAccessMachine } from "./neuralRandomAccessMachine.js";
import { system as pointerNetwork } from "./pointerNetwork.js";
import { system as policyValueNetwork } from "./policyValueNetwork.js";
import { system as reinforcementLearningNTM } from "./reinforcementLearningNTM.js";
import { system as showAttendTell } from "./showAttendTell.js";
import { system as stackRNN } from "./stackRNN.js";
import { system as tableProgrammer } from "./tableProgrammer.js";
import type { System } from "../system.js";

/** Systems that are measured in a way of their own. */
export const systems: Readonly<Record<string, System>> = {
  attentionSeq2Seq,
  dynamicMemoryNetwork,
  endToEndMemoryNetwork,
  listenAttendSpell,
  memoryNetwork,
  neuralProgrammerInterpreter,
  neuralRandomAccessMachine,
  pointerNetwork,
  policyValueNetwork,
  reinforcementLearningNTM,
  showAttendTell,
  stackRNN,
  tableProgrammer,
};
