/** The end-to-end memory network, as tapehead/models exports it. */
export {
  EndToEndMemoryNetwork,
  type EndToEndMemoryNetworkOptions,
  type SentenceEncoding,
} from "./endToEndMemoryNetwork.js";
export { Embeddings, type EmbeddingsOptions, type Tying } from "./memories.js";
export type { Sentence, StoryAnswer, StoryQuestion } from "./storyRunner.js";
