/** The dynamic memory network, as tapehead/models exports it. */
export { DynamicMemoryNetwork, type DynamicMemoryNetworkOptions } from "./dynamicMemoryNetwork.js";
export { EpisodicMemory, type Episode, type EpisodeAttention, type EpisodicMemoryOptions } from "./episodicMemory.js";
export { FactReader, type FactEncoding, type FactReaderOptions, type PassageInputs } from "./factReader.js";
