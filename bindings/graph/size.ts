/** A length that is known only when a program runs: the number of time steps, of encoder annotations, of table rows. */
export class Dimension {
  /** As a size: `factor` times itself, or what it is a multiple of. */
  readonly dimensions: readonly [Dimension];

  constructor(
    readonly name: string,
    of?: Dimension,
    readonly factor = 1,
  ) {
    this.dimensions = [of ?? this];
  }

  /** Its name. */
  toString(): string {
    return this.name;
  }
}

/** A number of elements: fixed, or a fixed factor times dimensions. */
export type Size = number | SymbolicSize;

export class SymbolicSize {
  constructor(
    readonly factor: number,
    readonly dimensions: readonly Dimension[],
  ) {}

  toString(): string {
    return [...(this.factor === 1 ? [] : [this.factor]), ...this.dimensions].join("·");
  }
}

/** The product of sizes and dimensions; an empty product is 1. */
export function product(factors: readonly (Size | Dimension)[]): Size {
  let factor = 1;
  const dimensions: Dimension[] = [];
  for (const f of factors) {
    if (typeof f === "number") factor *= f;
    else {
      factor *= f.factor;
      dimensions.push(...f.dimensions);
    }
  }
  return dimensions.length ? new SymbolicSize(factor, dimensions) : factor;
}

/** The size once every dimension has a length. */
export function evaluate(size: Size, lengths: ReadonlyMap<Dimension, number>): number {
  if (typeof size === "number") return size;
  return size.dimensions.reduce((count, dimension) => count * lengths.get(dimension)!, size.factor);
}
