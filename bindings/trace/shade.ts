/** Cells of tables whose colour is a number from 0 to 1, given as --w. */

/** Which ink tells itself apart from a cell's colour; the scale is dark at one end on paper, and at the other on a dark page. */
export function toneOf(weight: number): string {
  if (weight < 0.005) return "none";
  return weight < 0.44 ? "" : weight < 0.56 ? "half" : "most";
}

/** The inks. */
export const inks = `:root{--dark-ink:#1b1720;--light-ink:#fff;--low:var(--dark-ink);--half:var(--light-ink);--high:var(--light-ink)}
@media (prefers-color-scheme:dark){:root{--low:var(--light-ink);--high:var(--dark-ink)}}`;

/** Colours of the cells that a selector chooses, and of the ink on them. */
export const shadeStyle = (cell: string): string =>
  `${cell}{background:var(--ramp) calc(var(--w)*100%) 0/20000% 100%;color:var(--low)}
${cell}.half{color:var(--half)}
${cell}.most{color:var(--high)}`;
