import { escape } from "../../bindings/trace/html.js";
import { lost } from "./counted.js";
import { dotsSvg, shareSvg } from "./dots.js";
import { between, digits, percents } from "./numbers.js";
import type { SettingReading, SweepReading } from "./readSweep.js";
import { spaced, tickLabels } from "./ticks.js";
import { valueScale } from "./valueScale.js";

/** Every run of every setting: a row each, all on one axis. */
export function dotsPanel(sweep: SweepReading): string {
  const { settings } = sweep;
  const scale = valueScale(settings.flatMap(({ values }) => [...values]));
  const ticks = spaced(scale.ticks(6));
  const isKnown = settings.some(({ share }) => share);
  const shares = [0, 0.5, 1].map((at) => ({ at, label: `${100 * at}%` }));
  const rows = settings.map((setting) =>
    rowOf(
      setting,
      dotsSvg(
        setting,
        scale,
        ticks.map(({ at }) => at),
      ),
      isKnown,
    ),
  );
  const axis = `<li class="axis" aria-hidden="true"><span class="name"></span><span class="value">median</span>
<div class="strip ticks">${tickLabels(ticks)}</div>${isKnown ? `<div class="share ticks">${tickLabels(shares)}</div><span class="counts">succeeded</span>` : ""}</li>`;
  const succeeded = isKnown
    ? " Beside it is the share of runs that succeeded, from 0% to 100%, with its 95% interval."
    : "";
  return `<section class="panel"><h2>Every run</h2>
<p>A dot is a run, placed by its ${escape(sweep.metric)} on a ${scale.kind} axis. The box goes from quartile to quartile, and the line in it is the median.${succeeded}</p>
<ol class="rows${isKnown ? " shares" : ""}">
${axis}
${rows.join("\n")}
</ol></section>`;
}

function rowOf(setting: SettingReading, strip: string, isKnown: boolean): string {
  const { name, summary, share } = setting;
  const missing = lost(setting);
  const value = summary
    ? `<b>${digits(summary.median)}</b> <small>${between(summary.lowerQuartile, summary.upperQuartile)}</small>`
    : "<b>none</b>";
  const said = share ? `<b>${share.successes}/${share.count}</b> <small>${escape(percents(share))}</small>` : "";
  return `<li><h3 class="name">${escape(name)}${missing ? ` <small class="lost">${missing}</small>` : ""}</h3>
<span class="value">${value}</span><div class="strip">${strip}</div>${isKnown ? `<div class="share">${shareSvg(setting)}</div><span class="counts">${said}</span>` : ""}</li>`;
}
