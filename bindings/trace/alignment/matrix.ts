import { escape } from "../html.js";
import { toneOf } from "../shade.js";
import type { Alignment } from "./alignment.js";
import { decimals, labelOf, named, widthOf } from "./labels.js";

/** Characters beside each other that a column of a cell's width can have above it. */
const LYING = 2.2;

/**
 * The weights as Bahdanau, Cho & Bengio 2015 draw them, figure 3: a row for what was said, a column for what was read.
 * It is a table, so that it can be read without being seen. Columns are as wide as the page lets them, and show their
 * numbers where there is room; elsewhere the one that is pointed at does.
 */
export function matrixOf({ sources, targets, weights }: Alignment): string {
  const upright = sources.some((symbol) => widthOf(labelOf(symbol)) > LYING);
  const head = sources.map((symbol) => `<th scope="col"><span>${labelIn(symbol)}</span></th>`).join("");
  const rows = targets.map((symbol, i) => {
    const cells = Array.from(weights[i]!, (weight) => {
      const value = decimals(weight);
      const tone = toneOf(weight);
      return `<td${tone && ` class="${tone}"`} style="--w:${Number(value)}"><span>${value}</span></td>`;
    });
    return `<tr><th scope="row"><span>${labelIn(symbol)}</span></th>${cells.join("")}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" ${named("Matrix of weights")}>
<table class="weights${upright ? " upright" : ""}"><thead><tr><td class="corner"></td>${head}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div>`;
}

/** Where columns have room for numbers, for a container that is named "matrix". */
export const matrixStyle = ({ sources, targets }: Alignment): string => {
  const label = targets.reduce((most, symbol) => Math.max(most, widthOf(labelOf(symbol))), 2) + 1.2;
  return `.weights{--columns:${sources.length};--label:${label.toFixed(1)}rem}
@container matrix (min-width:${(label + sources.length * 2.3).toFixed(1)}rem){.weights td span{opacity:1}}`;
};

function labelIn(symbol: string): string {
  const label = labelOf(symbol);
  return label === symbol ? escape(label) : `<abbr title="${escape(symbol)}">${escape(label)}</abbr>`;
}
