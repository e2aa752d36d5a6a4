/** Generated. */
import { recipe as adaptiveComputationTime } from "./adaptiveComputationTime.js";
import { recipe as arithmeticProgrammer } from "./arithmeticProgrammer.js";
import { recipe as attentionSeq2Seq } from "./attentionSeq2Seq.js";
import { recipe as conversation } from "./conversation.js";
import { recipe as dynamicMemoryNetwork } from "./dynamicMemoryNetwork.js";
import { recipe as endToEndMemoryNetwork } from "./endToEndMemoryNetwork.js";
import { recipe as hierarchicalAttentiveMemory } from "./hierarchicalAttentiveMemory.js";
import { recipe as listenAttendSpell } from "./listenAttendSpell.js";
import { recipe as memoryNetwork } from "./memoryNetwork.js";
import { recipe as neuralGPU } from "./neuralGPU.js";
import { recipe as neuralProgrammer } from "./neuralProgrammer.js";
import { recipe as neuralProgrammerInterpreter } from "./neuralProgrammerInterpreter.js";
import { recipe as neuralRandomAccessMachine } from "./neuralRandomAccessMachine.js";
import { recipe as neuralStack } from "./neuralStack.js";
import { recipe as neuralTuringMachine } from "./neuralTuringMachine.js";
import { recipe as parsing } from "./parsing.js";
import { recipe as pointerNetwork } from "./pointerNetwork.js";
import { recipe as policyValueNetwork } from "./policyValueNetwork.js";
import { recipe as proving } from "./proving.js";
import { recipe as recurrentNetwork } from "./recurrentNetwork.js";
import { recipe as reinforcementLearningNTM } from "./reinforcementLearningNTM.js";
import { recipe as showAttendTell } from "./showAttendTell.js";
import { recipe as sparseAccessMemory } from "./sparseAccessMemory.js";
import { recipe as stackRNN } from "./stackRNN.js";
import { recipe as tableProgrammer } from "./tableProgrammer.js";
import type { Recipe } from "./recipe.js";

/** Every recipe, by the name of its file. */
export const recipes: Readonly<Record<string, Recipe>> = {
  adaptiveComputationTime,
  arithmeticProgrammer,
  attentionSeq2Seq,
  conversation,
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
  parsing,
  pointerNetwork,
  policyValueNetwork,
  proving,
  recurrentNetwork,
  reinforcementLearningNTM,
  showAttendTell,
  sparseAccessMemory,
  stackRNN,
  tableProgrammer,
};
