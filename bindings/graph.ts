/** `tapehead/graph`: ops and graphs, for models, layers and tasks of your own. */
export * from "./graph/ops/index.js";
export { Graph } from "./graph/graph.js";
export { multiple } from "./graph/multiple.js";
export { Parameter, type Initializer } from "./graph/parameter.js";
export { ParameterError } from "./graph/parameterError.js";
export { first, part, reshape } from "./graph/reshape.js";
export { scan, type ScanOptions, type Step } from "./graph/scan.js";
export { ShapeError, type Shape } from "./graph/shape.js";
export { Dimension } from "./graph/size.js";
export type { NearestRowsOptions } from "./graph/nearest.js";
export type { MemoryIndexTensors, SparseMemoryTensors } from "./graph/sparse.js";
export type { SideOptions } from "./graph/stacks.js";
export { Tensor } from "./graph/tensor.js";
export { leavesOf, withLeaves, type Tree } from "./graph/tree.js";
export { inputsOf, type Layout } from "./graph/layout.js";
export { memoryIndex, sparseMemory, type MemoryIndexOptions, type SparseMemoryOptions } from "./layers/sparseMemory.js";
export type { CallOptions, Called, NamedValues } from "./runtime/call.js";
export { executable, type Call } from "./runtime/executableGraph.js";
export {
  checkGradients,
  GradientError,
  type CheckedGradients,
  type CheckGradientsOptions,
} from "./training/checkGradients.js";
export { defineOptimizer, type OptimizerDefinition, type UpdateTensors } from "./training/defineOptimizer.js";
