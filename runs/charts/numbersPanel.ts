import { escape } from "../../bindings/trace/html.js";
import { bootstrapInterval } from "../statistics/bootstrapInterval.js";
import { interquartileMean } from "../statistics/interquartileMean.js";
import { between, digits, percent, percents } from "./numbers.js";
import type { SettingReading, SweepReading } from "./readSweep.js";

/** A column of the table: what it says of a setting, or nothing. */
type Column = readonly [head: string, of: (setting: SettingReading) => string | undefined];

const COLUMNS: readonly Column[] = [
  ["runs", ({ runs }) => runs.toLocaleString("en-US")],
  ["failed", ({ failed }) => String(failed)],
  ["diverged", ({ diverged }) => String(diverged)],
  ["least", ({ summary }) => summary && digits(summary.least)],
  ["lower quartile", ({ summary }) => summary && digits(summary.lowerQuartile)],
  ["median", ({ summary }) => summary && digits(summary.median)],
  ["upper quartile", ({ summary }) => summary && digits(summary.upperQuartile)],
  ["most", ({ summary }) => summary && digits(summary.most)],
  ["interquartile mean", ({ summary, values }) => summary && digits(interquartileMean(values))],
  ["its 95% interval", ({ summary, values }) => summary && intervalOf(values)],
  ["succeeded", ({ share }) => share && `${share.successes}/${share.count}`],
  ["share", ({ share }) => share && percent(share.share)],
  ["its 95% interval", ({ share }) => share && percents(share)],
];

function intervalOf(values: Float64Array): string {
  const { low, high } = bootstrapInterval(values, interquartileMean);
  return between(low, high);
}

/** All numbers of all settings, as a table. A column that is empty throughout is left out. */
export function numbersPanel({ settings }: SweepReading): string {
  const columns = COLUMNS.map(([name, of]) => ({ name, cells: settings.map((setting) => of(setting) ?? "") })).filter(
    ({ cells }) => cells.some(Boolean),
  );
  const head = columns.map(({ name }) => `<th scope="col">${name}</th>`).join("");
  const rows = settings.map(({ name }, row) => {
    const cells = columns.map(({ cells }) => `<td>${escape(cells[row]!)}</td>`).join("");
    return `<tr><th scope="row">${escape(name)}</th>${cells}</tr>`;
  });
  return `<section class="panel"><h2>Numbers</h2>
<p>Quartiles, means and medians are of the runs with a finite value. Those that failed or diverged count among the runs of which a share succeeded.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Numbers of all settings"><table>
<thead><tr><th scope="col">setting</th>${head}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table></div></section>`;
}
