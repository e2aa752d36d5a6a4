/** The dynamic memory network, as tapehead/models exports it. */
export { DynamicMemoryNetwork, type DynamicMemoryNetworkOptions } from "./dynamicMemoryNetwork.js";
export type { EpisodeAttention } from "./episodicMemory.js";
export type { FactEncoding } from "./factReader.js";
