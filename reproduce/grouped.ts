type Symbols = readonly string[];

/** A source, and every right answer to it. */
export interface Source {
  readonly source: Symbols;
  readonly references: readonly Symbols[];
}

/** Every right answer by source, in the order of the file. */
export function grouped(pairs: readonly (readonly [source: Symbols, target: Symbols])[]): Source[] {
  const sources = new Map<string, { source: Symbols; references: Symbols[] }>();
  for (const [source, target] of pairs) {
    const key = source.join(" ");
    const there = sources.get(key);
    if (there) there.references.push(target);
    else sources.set(key, { source, references: [target] });
  }
  return [...sources.values()];
}
