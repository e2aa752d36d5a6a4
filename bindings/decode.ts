/** `tapehead/decode`: decoding with compiled models, beside tapehead/run: greedy, by samples, by beam search, streamed. */
export {
  decode,
  generate,
  type Decoding,
  type GeneratedTarget,
  type DecodeOptions,
  type Source,
} from "./compiled/decoding.js";
export type { Generated } from "./runtime/generate/readChoices.js";
