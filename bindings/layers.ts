/** `tapehead/layers`: layers and cells, for models of your own. */
export {
  Attention,
  type Annotations,
  type Attended,
  type AttentionOptions,
  type AttentionScore,
} from "./layers/attention.js";
export {
  AttentionDecoder,
  type AttentionDecoderOptions,
  type Decoded,
  type DecoderState,
} from "./layers/attentionDecoder.js";
export type { Cell } from "./layers/cell.js";
export type { CellOptions } from "./layers/cells.js";
export type { Controller, ControllerState } from "./layers/controllers.js";
export { Embedding, type EmbeddingOptions } from "./layers/embedding.js";
export { GRUCell, type GRUCellOptions, type GRUState } from "./layers/gruCell.js";
export { ReadHeads, WriteHeads, type HeadsOptions, type Writing } from "./layers/heads.js";
export { glorot, uniform as uniformWeights, zeros } from "./layers/initializers.js";
export { Layer } from "./layers/layer.js";
export { Linear, type LinearOptions } from "./layers/linear.js";
export { LSTMCell, type LSTMCellOptions, type LSTMState } from "./layers/lstmCell.js";
export { oneHot, positionsLike, vectorAt } from "./layers/places.js";
export { Pointer, type Glimpse, type PointerOptions } from "./layers/pointer.js";
export { ProductKeyMemory, type Lookup, type ProductKeyMemoryOptions } from "./layers/productKeyMemory.js";
export {
  RecurrentEncoder,
  type Encoded,
  type EncodingOptions,
  type RecurrentEncoderOptions,
} from "./layers/recurrentEncoder.js";
export { RNNCell, type RNNActivation, type RNNCellOptions, type RNNState } from "./layers/rnnCell.js";
export { StackCell, type StackCellOptions, type StackCellState } from "./layers/stackCell.js";
export {
  moveStack,
  StackMemory,
  type StackKind,
  type StackMemoryOptions,
  type StackMemoryState,
  type StackMove,
} from "./layers/stackMemory.js";
export { TuringCell, type TuringCellOptions, type TuringState } from "./layers/turingCell.js";
