/** `tapehead/pronounce`: English words as phonemes, by a compiled model of pronunciation: what it cannot read is refused. */
export {
  pronounceWords,
  type CompiledPronouncer,
  type PronounceOptions,
  type WordAnswer,
} from "./systems/attentionSeq2Seq/pronunciation/pronounceWords.js";
