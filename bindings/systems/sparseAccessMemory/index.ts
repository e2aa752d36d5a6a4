/** Sparse Access Memory, as tapehead/models exports it. */
export { DenseAccessCell, type DenseAccessCellOptions, type DenseAccessState } from "./denseAccessCell.js";
export { AccessCell, type Access, type AccessSizes, type Accessing } from "./accessCell.js";
export {
  SparseAccessCell,
  type RowSearch,
  type SparseAccessCellOptions,
  type SparseAccessState,
} from "./sparseAccessCell.js";
export {
  SparseAccessMemory,
  type AccessState,
  type MemoryAccess,
  type SparseAccessMemoryOptions,
} from "./sparseAccessMemory.js";
