/**
 * The inputs of a program, by name: their axes, outermost first. "batch" is the examples, another text in front of it
 * the name of a run-time length, and numbers are fixed.
 *
 * @example
 * const layout = { x: ["time", "batch", 9], mask: ["time", "batch"], lengths: ["batch"] };
 */
export type Layout = Readonly<Record<string, readonly (string | number)[]>>;
