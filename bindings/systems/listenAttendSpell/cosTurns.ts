/** π as a number: what hosts call it is not for this library to ask. */
export const PI = 3.141592653589793;

/**
 * cos 2πt to 10⁻¹⁰, the same in every host, which `Math.cos` is not: a Taylor polynomial of a quarter of the angle, doubled
 * twice.
 */
export function cosTurns(t: number): number {
  const x = (PI / 2) * (t - Math.round(t));
  const z = x * x;
  const quarter = 1 - (z / 2) * (1 - (z / 12) * (1 - (z / 30) * (1 - (z / 56) * (1 - z / 90))));
  const half = 2 * quarter * quarter - 1;
  return 2 * half * half - 1;
}

/** sin 2πt. */
export const sinTurns = (t: number): number => cosTurns(t - 0.25);
