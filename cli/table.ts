/** Columns as wide as their widest text; those from `numbers` on are flush right. */
export function table(rows: readonly (readonly string[])[], { numbers = Infinity } = {}): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const pad = (text: string, column: number): string =>
    column < numbers ? text.padEnd(widths[column]!) : text.padStart(widths[column]!);
  return rows.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}
