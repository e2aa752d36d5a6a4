/**
 * Classes of positions, by the plies that are played and the moves that perfect play leaves: those of Pascal Pons's test
 * sets, by which AlphaZero.jl reports its mistakes.
 */
export const CLASSES = {
  "end, easy": { plies: [29, 41], movesLeft: [0, 13] },
  "middle, easy": { plies: [15, 28], movesLeft: [0, 13] },
  "middle, medium": { plies: [15, 28], movesLeft: [14, 27] },
  "beginning, easy": { plies: [0, 14], movesLeft: [0, 13] },
  "beginning, medium": { plies: [0, 14], movesLeft: [14, 27] },
  "beginning, hard": { plies: [0, 14], movesLeft: [28, 42] },
} as const;

export type PositionClass = keyof typeof CLASSES;

/** The class of a position, if it has one. */
export function classOf(plies: number, movesLeft: number): PositionClass | undefined {
  const isIn = (x: number, [low, high]: readonly [number, number]): boolean => x >= low && x <= high;
  const names = Object.keys(CLASSES) as PositionClass[];
  return names.find((name) => isIn(plies, CLASSES[name].plies) && isIn(movesLeft, CLASSES[name].movesLeft));
}
