/** Sequence to sequence with attention, as tapehead/models exports it. */
export { AttentionSeq2Seq, type AttentionSeq2SeqOptions } from "./attentionSeq2Seq.js";
export type { Vocabulary } from "../../common/vocabulary.js";
export type { Beam, Transduced, TransduceOptions } from "../../models/transduction.js";
