/** Hierarchical Attentive Memory, as tapehead/models exports it. */
export {
  HierarchicalAttentiveMemory,
  type HierarchicalAttentiveMemoryOptions,
  type TreeAttention,
} from "./hierarchicalAttentiveMemory.js";
export type { TreeJoin } from "./nodeFunctions.js";
export type { TreeRun, TreeRunOptions } from "./treeRunner.js";
export type { TreeInput } from "./treeWalk.js";
