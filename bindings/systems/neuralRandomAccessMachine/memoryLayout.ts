/**
 * The batch of a task of memories: `memory`, whole numbers, `targets` and `mask` are (cells, batch), the mask 1 at cells
 * that must hold their target in the end; `last` (steps, batch) is 1 at the last step of an example and behind it.
 */
export const memoryLayout = {
  memory: ["cells", "batch"],
  targets: ["cells", "batch"],
  mask: ["cells", "batch"],
  last: ["steps", "batch"],
} as const;
