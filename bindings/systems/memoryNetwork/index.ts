/** The memory network, as tapehead/models exports it. */
export { MemoryNetwork, type MemoryNetworkOptions } from "./memoryNetwork.js";
export type { SentenceFeatures } from "./wordFeatures.js";
