/**
 * Parts of the library that the command line needs beside the public entries: a file beside it that shares the library's
 * chunks, and so its classes.
 */
export { UnknownModelError } from "./checkpoint/unknownModelError.js";
export {
  answersInParts,
  confidenceInParts,
  type Part,
  type Piece,
} from "./systems/attentionSeq2Seq/pronunciation/parts.js";
export { partsOf, type PartOptions } from "./systems/attentionSeq2Seq/pronunciation/partsOf.js";
export * from "./systems/declarations.js";
export { expectFit } from "./training/fit.js";
export { expectOptimizer } from "./training/optimizers.js";
