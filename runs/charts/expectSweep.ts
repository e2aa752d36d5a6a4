import { expectOptions, expectValue, flag, whole } from "../../bindings/common/options.js";
import { shown } from "../../bindings/common/shown.js";
import type { CurveData, SettingData, SweepData } from "./sweepData.js";

/** @throws TypeError, RangeError unless it is a sweep: the message names the setting that is not what it must be. */
export function expectSweep(owner: string, data: SweepData): void {
  expectOptions(owner, data);
  const { title, metric, lowerIsBetter, curveMetric, settings } = data;
  expectText(`${owner}: the title`, title);
  expectText(`${owner}: the metric`, metric);
  if (curveMetric !== undefined) expectText(`${owner}: the curves' metric`, curveMetric);
  expectValue(`${owner}: lowerIsBetter`, lowerIsBetter, flag());
  expectList(`${owner}: the settings`, settings, "settings");
  if (!settings.length) throw new RangeError(`${owner}: there are no settings, and there must be one or more`);
  const names = new Set<string>();
  settings.forEach((setting, i) => {
    expectOptions(`${owner}: setting ${i}`, setting);
    expectText(`${owner}: the name of setting ${i}`, setting.name);
    if (names.has(setting.name))
      throw new RangeError(`${owner}: two settings are named ${shown(setting.name)}, and names must differ`);
    names.add(setting.name);
    expectSetting(`${owner}: setting ${shown(setting.name)}`, setting);
  });
}

function expectSetting(what: string, { values, succeeded, curve }: SettingData): void {
  expectNumbers(`${what}: the values`, values);
  const ended = values.filter((value) => value !== undefined).length;
  if (succeeded !== undefined) expectValue(`${what}: succeeded`, succeeded, whole(0, { most: ended }));
  if (curve !== undefined) expectCurve(`${what}: the curve`, curve);
}

function expectCurve(what: string, curve: CurveData): void {
  expectOptions(what, curve);
  const { steps, values } = curve;
  expectList(`${what}: the steps`, steps, "numbers");
  steps.forEach((step, i) => {
    if (Number.isFinite(step) && (i === 0 || step > steps[i - 1]!)) return;
    throw new RangeError(`${what}: step ${i} is ${shown(step)}, and must be a finite number above the one before`);
  });
  expectList(`${what}: the values`, values, "rows, one a run");
  values.forEach((row, i) => {
    expectNumbers(`${what}: row ${i}`, row);
    if (row.length > steps.length)
      throw new RangeError(`${what}: row ${i} has ${row.length} values, and must have at most ${steps.length}`);
  });
}

function expectNumbers(what: string, values: readonly unknown[]): void {
  expectList(what, values, "numbers");
  const wrong = values.findIndex((value) => value !== undefined && typeof value !== "number");
  if (wrong >= 0)
    throw new TypeError(`${what}: value ${wrong} is ${shown(values[wrong])}, and must be a number or undefined`);
}

function expectText(what: string, text: unknown): void {
  if (typeof text === "string" && text.trim()) return;
  throw new TypeError(`${what} is ${shown(text)}, and must be a text`);
}

function expectList(what: string, list: unknown, of: string): void {
  if (!Array.isArray(list)) throw new TypeError(`${what} are ${shown(list)}, and must be an array of ${of}`);
}
