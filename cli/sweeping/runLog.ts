import { join } from "node:path";
import type { RunRow } from "../../runs/store/results.js";
import type { Setting } from "../../runs/tracking/settings.js";
import { writeLog } from "../../runs/tracking/writeLog.js";

/**
 * Writes the log of a run that is done, from its stored curve, to FOLDER/SWEEP/SETTING/seed-N: the seeds of one setting are
 * one row of TensorBoard's tab HPARAMS. False when it is not done, or its log is there.
 * @throws LogError when it cannot be written
 */
export function writeRunLog(folder: string, sweep: string, run: RunRow): boolean {
  const { state, setting, seed, options, curve, measured, step, doneAt } = run;
  if (state !== "done") return false;
  const points = curve.map(({ step, ...values }) => ({ step, values: named("train", values) }));
  const last = { step, values: named("evaluation", measured) };
  const merged = points.at(-1)?.step === step ? points.slice(0, -1) : points;
  const train = points.at(-1)?.step === step ? points.at(-1)!.values : {};
  const path = join(folder, plain(sweep), plain(setting || "all"), `seed-${seed}`);
  return writeLog(path, [...merged, { step, values: { ...train, ...last.values } }], {
    run: { run: run.run },
    settings: { ...settingsOf(options), seed },
    group: setting || "all",
    wallTime: doneAt,
  });
}

const named = (kind: string, values: Readonly<Record<string, unknown>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === "number" ? [[`${kind}/${name}`, value]] : [])),
  );

const settingsOf = (options: RunRow["options"]): Record<string, Setting> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      typeof value === "object" ? JSON.stringify(value) : (value as Setting),
    ]),
  );

/** A name that every file system takes, "hidden-64,learningRate-0.001". */
const plain = (text: string): string =>
  text
    .replaceAll(", ", ",")
    .replace(/[^\w.,=+-]/g, "-")
    .slice(0, 120);
