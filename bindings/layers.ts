/** `tapehead/layers`: layers and cells, for models of your own. */
export { Attention, type Annotations, type Attended, type AttentionOptions } from "./layers/attention.js";
export { AttentionDecoder, type AttentionDecoderOptions, type DecoderState } from "./layers/attentionDecoder.js";
export type { Cell } from "./layers/cell.js";
export { Embedding, type EmbeddingOptions } from "./layers/embedding.js";
export { GRUCell, type GRUCellOptions, type GRUState } from "./layers/gruCell.js";
export { ReadHeads, WriteHeads, type HeadsOptions } from "./layers/heads.js";
export { glorot, uniform as uniformWeights, zeros } from "./layers/initializers.js";
export { Layer } from "./layers/layer.js";
export { Linear, type LinearOptions } from "./layers/linear.js";
export { LSTMCell, type LSTMCellOptions, type LSTMState } from "./layers/lstmCell.js";
export { oneHot, positionsLike, vectorAt } from "./layers/places.js";
export { Pointer, type PointerOptions } from "./layers/pointer.js";
export { RecurrentEncoder, type RecurrentEncoderOptions } from "./layers/recurrentEncoder.js";
export { RNNCell, type RNNCellOptions, type RNNState } from "./layers/rnnCell.js";
export { TuringCell, type TuringCellOptions, type TuringState } from "./layers/turingCell.js";
