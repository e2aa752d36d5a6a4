/** Hierarchical Attentive Memory, as tapehead/models exports it. */
export {
  HierarchicalAttentiveMemory,
  type HierarchicalAttentiveMemoryOptions,
  type TreeAttention,
} from "./hierarchicalAttentiveMemory.js";
export type { TreeInput, TreeRun, TreeRunOptions } from "./treeRunner.js";
