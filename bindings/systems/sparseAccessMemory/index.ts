/** Sparse Access Memory, as tapehead/models exports it. */
export {
  SparseAccessCell,
  type RowSearch,
  type SparseAccessCellOptions,
  type SparseAccessState,
} from "./sparseAccessCell.js";
export { SparseAccessMemory, type SparseAccessMemoryOptions } from "./sparseAccessMemory.js";
