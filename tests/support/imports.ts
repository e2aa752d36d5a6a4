import { existsSync, readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import ts from "typescript";

/** One import, export-from or import() of a source file by another, by their paths from the root of the repository. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Gone when it is compiled: only types are imported. */
  readonly isType: boolean;
}

/** The TypeScript and AssemblyScript files of a folder, and of all folders in it. */
export const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => posix.join(folder, path.replaceAll("\\", "/")))
    .sort();

/** What a file imports of this repository's sources. Binaries in build/ and packages are none. */
export function arrowsOf(from: string, text = readFileSync(from, "utf8")): Arrow[] {
  const arrows: Arrow[] = [];
  const add = (specifier: ts.Node | undefined, isType: boolean): void => {
    if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith(".")) return;
    const [path] = specifier.text.split("?") as [string];
    if (path.endsWith(".wasm") || path.endsWith(".json")) return;
    const base = posix.join(posix.dirname(from), path.replace(/\.(m?js|ts)$/, ""));
    const to = [`${base}.ts`, `${base}/index.ts`, `${base}.d.ts`, `${base}.d.mts`].find((candidate) =>
      existsSync(candidate),
    );
    if (!to) throw new Error(`${from} imports "${specifier.text}", and there is no ${base}.ts`);
    arrows.push({ from, to, isType });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, bringsTypes(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly || areTypes(node.exportClause));
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, text, ts.ScriptTarget.Latest, true));
  return arrows;
}

const bringsTypes = (clause: ts.ImportClause | undefined): boolean =>
  clause !== undefined && (clause.isTypeOnly || (!clause.name && areTypes(clause.namedBindings)));

const areTypes = (names: ts.NamedImportBindings | ts.NamedExportBindings | undefined): boolean =>
  names !== undefined &&
  (ts.isNamedImports(names) || ts.isNamedExports(names)) &&
  names.elements.length > 0 &&
  names.elements.every(({ isTypeOnly }) => isTypeOnly);

/** Files that import each other, also through others: the strongly connected components (Tarjan 1972), each sorted. */
export function circlesOf(arrows: readonly Arrow[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to]);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    for (const to of next.get(file) ?? []) {
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) low.set(file, Math.min(low.get(file)!, low.get(to)!));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file)).sort();
    if (circle.length > 1 || next.get(file)?.includes(file)) circles.push(circle);
  };
  for (const file of [...next.keys()].sort()) if (!index.has(file)) visit(file);
  return circles;
}
