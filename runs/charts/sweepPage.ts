import { frameOf } from "../../bindings/trace/frame.js";
import { escape } from "../../bindings/trace/html.js";
import { counted, metricOf } from "./counted.js";
import { curvesPanel } from "./curvesPanel.js";
import { dotsPanel } from "./dotsPanel.js";
import { numbersPanel } from "./numbersPanel.js";
import { readSweep } from "./readSweep.js";
import { sweepStyle } from "./style.js";
import type { SweepData } from "./sweepData.js";

/**
 * Results of a sweep as a page to look at: an HTML file that needs nothing else, not even scripts. Settings with the best
 * median come first. Each has a row with a dot for every run, median, quartiles and the share of runs that succeeded with
 * its 95% interval; a picture of its learning curve, the median with the band of quartiles over steps; and a row of a
 * table with all numbers.
 *
 * @throws TypeError, RangeError when the data is no sweep.
 * @example
 * const html = sweepPage({ title: "copy", metric: "bitError", lowerIsBetter: true, settings });
 */
export function sweepPage(data: SweepData): string {
  const sweep = readSweep("sweepPage", data);
  const body = `<header>
<p class="eyebrow">Sweep · <b>${escape(metricOf(sweep))}</b></p>
<h1>${escape(sweep.title)}</h1>
<p class="eyebrow">${counted(sweep)}${sweep.settings.length > 1 ? "; the best median first" : ""}</p>
</header>
<main>
${[dotsPanel(sweep), curvesPanel(sweep), numbersPanel(sweep)].filter(Boolean).join("\n")}
</main>
<footer>
<p>Quartiles are interpolated linearly (Hyndman &amp; Fan’s definition 7). The interval of the interquartile mean is a percentile bootstrap of 2,000 resamples; that of a share is Wilson’s score interval.</p>
</footer>`;
  return frameOf({ title: `${sweep.title} · ${sweep.metric}`, style: sweepStyle(), body });
}
