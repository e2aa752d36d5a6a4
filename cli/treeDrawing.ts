import { layOut } from "../bindings/parsing/layOut.js";
import type { ParseTree } from "../bindings/parsing/tree.js";
import { visible } from "../bindings/common/visible.js";
import type { Terminal } from "./terminal.js";

/**
 * A tree in characters: labels above what they are over, with branches between, or, where that is wider than the terminal,
 * a line for each label with its parts under it.
 */
export function treeDrawing(tree: ParseTree, { columns, palette }: Pick<Terminal, "columns" | "palette">): string {
  const label = (text: string): string => (palette === "shades" ? text : `\x1b[1;36m${text}\x1b[0m`);
  const branch = (text: string): string => (palette === "shades" ? text : `\x1b[2m${text}\x1b[0m`);
  const shown = visibleTree(tree);
  return topDown(shown, columns, label, branch) ?? indented(shown, label, branch).join("\n");
}

type Paint = (text: string) => string;

const visibleTree = ({ label, children }: ParseTree): ParseTree => ({
  label: visible(label),
  children: children.map((child) => (typeof child === "string" ? visible(child) : visibleTree(child))),
});

/** Undefined where it is wider than so many columns. */
function topDown(tree: ParseTree, columns: number, label: Paint, branch: Paint): string | undefined {
  const { placed, width, levels } = layOut(tree, { widthOf: (text) => text.length, gap: 1 });
  if (width > columns) return undefined;
  const lines: string[] = [];
  for (let level = 0; level < levels; ++level) {
    const here = placed.filter((each) => each.level === level).sort((a, b) => a.x - b.x);
    let [line, at] = ["", 0];
    for (const { text, x, isWord } of here) {
      line += " ".repeat(x - at) + (isWord ? text : label(text));
      at = x + text.length;
    }
    lines.push(line);
    const branches = branchesOf(here.filter(({ isWord }) => !isWord));
    if (branches.trim()) lines.push(branch(branches));
  }
  return lines.join("\n");
}

/** The line between labels and their parts: ┌──┴──┐, or │ over one part. */
function branchesOf(nodes: readonly { readonly middle: number; readonly parts: readonly number[] }[]): string {
  const cells: string[] = [];
  for (const { middle, parts } of nodes) {
    const [first, last] = [parts[0]!, parts.at(-1)!];
    for (let x = first; x <= last; ++x) {
      const [up, down] = [x === middle, parts.includes(x)];
      cells[x] =
        first === last
          ? "│"
          : x === first
            ? up
              ? "├"
              : "┌"
            : x === last
              ? up
                ? "┤"
                : "┐"
              : up
                ? down
                  ? "┼"
                  : "┴"
                : down
                  ? "┬"
                  : "─";
    }
  }
  return Array.from(cells, (cell) => cell ?? " ").join("");
}

/** Lines of a tree: a constituent of words alone on one, others with their parts under them. */
function indented({ label: text, children }: ParseTree, label: Paint, branch: Paint): string[] {
  if (children.every((child) => typeof child === "string")) return [`${label(text)}  ${children.join(" ")}`];
  const parts = children.flatMap((child, i) => {
    const isLast = i === children.length - 1;
    const [head, ...rest] = typeof child === "string" ? [child] : indented(child, label, branch);
    return [
      `${branch(isLast ? "└─" : "├─")} ${head}`,
      ...rest.map((line) => `${branch(isLast ? "  " : "│ ")} ${line}`),
    ];
  });
  return [label(text), ...parts];
}
