import type { Layout } from "../../graph/layout.js";
import type { TreeTask } from "./treeTask.js";

/**
 * The batch of a task of trees: what leaves are filled with, x (batch, leaves, inputSize) and used (batch, leaves), or,
 * of a raw memory, what it is asked, (time, batch, inputSize); and depth (batch), levels below the root of the example's
 * own tree, which is the left end of the whole one.
 */
export function treeLayout({ leaves, inputSize, outputSize, raw }: TreeTask): Layout {
  const filled = { x: ["batch", leaves, inputSize], used: ["batch", leaves] };
  const asked = { asked: ["time", "batch", inputSize] };
  return {
    ...(raw ? asked : filled),
    depth: ["batch"],
    targets: ["time", "batch", outputSize],
    mask: ["time", "batch"],
    inside: ["time", "batch"],
  };
}
