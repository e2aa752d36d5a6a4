/** Generated. */
import { page as attention } from "./attention.js";
import { page as attentionCost } from "./attentionCost.js";
import { page as connectFour } from "./connectFour.js";
import { page as conversation } from "./conversation.js";
import { page as copy } from "./copy.js";
import { page as dynamicMemory } from "./dynamicMemory.js";
import { page as hierarchicalMemory } from "./hierarchicalMemory.js";
import { page as listening } from "./listening.js";
import { page as looking } from "./looking.js";
import { page as memoryNetworks } from "./memoryNetworks.js";
import { page as neuralGpu } from "./neuralGpu.js";
import { page as neuralStack } from "./neuralStack.js";
import { page as npi } from "./npi.js";
import { page as nram } from "./nram.js";
import { page as ownPairs } from "./ownPairs.js";
import { page as parsing } from "./parsing.js";
import { page as ponder } from "./ponder.js";
import { page as premises } from "./premises.js";
import { page as programmer } from "./programmer.js";
import { page as pronunciation } from "./pronunciation.js";
import { page as proving } from "./proving.js";
import { page as reinforcementLearning } from "./reinforcementLearning.js";
import { page as sparseMemory } from "./sparseMemory.js";
import { page as stackRnn } from "./stackRnn.js";
import { page as stories } from "./stories.js";
import { page as supportingFacts } from "./supportingFacts.js";
import { page as turing } from "./turing.js";
import type { Page } from "../page.js";

/** Every page of results, by its name in docs/results. */
export const pages: Readonly<Record<string, Page>> = {
  attention,
  attentionCost,
  connectFour,
  conversation,
  copy,
  dynamicMemory,
  hierarchicalMemory,
  listening,
  looking,
  memoryNetworks,
  neuralGpu,
  neuralStack,
  npi,
  nram,
  ownPairs,
  parsing,
  ponder,
  premises,
  programmer,
  pronunciation,
  proving,
  reinforcementLearning,
  sparseMemory,
  stackRnn,
  stories,
  supportingFacts,
  turing,
};
