import { Tensor } from "./tensor.js";

/** Tensors in arrays and records, nested as a model likes: the state of a scan, its inputs, its outputs. */
export type Tree = Tensor | readonly Tree[] | { readonly [name: string]: Tree };

/** The leaves in a fixed order. */
export function leavesOf(tree: Tree): Tensor[] {
  if (tree instanceof Tensor) return [tree];
  return Object.values(tree).flatMap(leavesOf);
}

/** The same tree over other leaves. */
export function withLeaves<T extends Tree>(tree: T, leaves: readonly Tensor[]): T {
  let next = 0;
  const rebuild = (node: Tree): Tree => {
    if (node instanceof Tensor) return leaves[next++]!;
    if (Array.isArray(node)) return node.map(rebuild);
    return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, rebuild(child)]));
  };
  return rebuild(tree) as T;
}

/** Where two trees have other leaves, such as `hidden.h`, for messages. */
export function pathsOf(tree: Tree, path = ""): string[] {
  if (tree instanceof Tensor) return [path];
  return Object.entries(tree).flatMap(([name, child]) => pathsOf(child, path ? `${path}.${name}` : name));
}
