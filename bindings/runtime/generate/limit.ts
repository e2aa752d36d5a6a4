const LONGEST = 1000;

/** Choices of the longest target of a source of this length; in steps, so that like sources can run together. */
export const limitOf = (length: number): number => Math.min(16 * Math.ceil(length / 8) + 10, LONGEST);
