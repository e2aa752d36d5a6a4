/** The end-to-end memory network, as tapehead/models exports it. */
export {
  EndToEndMemoryNetwork,
  type EndToEndMemoryNetworkOptions,
  type SentenceEncoding,
} from "./endToEndMemoryNetwork.js";
export { MemoryEmbeddings, type MemoryEmbeddingsOptions, type MemoryTying } from "./memoryEmbeddings.js";
export { storyPage, type StoryDrawing, type StoryPageOptions } from "../../trace/storyPage.js";
export type { Sentence, StoryAnswer, StoryQuestion } from "../../tasks/babi/storyAnswers.js";
