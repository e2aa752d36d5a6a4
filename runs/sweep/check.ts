import { shown } from "../../bindings/common/shown.js";
import { canonical, type Json } from "../canonical.js";
import { PlanError } from "../errors.js";
import type { SweepPlan } from "./plan.js";

/** What a value must be, or undefined when it is. */
type Check = (value: unknown, where: string) => void;

const fail = (where: string, value: unknown, wanted: string): never => {
  throw new PlanError(`The plan's ${where} is ${shown(value)}, and must be ${wanted}`);
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text: Check = (value, where) => {
  if (typeof value !== "string" || !value) fail(where, value, "text");
};
const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER): Check =>
  (value, where) => {
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
    fail(where, value, `a whole number from ${least} ${most === Number.MAX_SAFE_INTEGER ? "up" : `to ${most}`}`);
  };
const number: Check = (value, where) => {
  if (!Number.isFinite(value)) fail(where, value, "a number");
};
const flag: Check = (value, where) => {
  if (typeof value !== "boolean") fail(where, value, "true or false");
};
const oneOf =
  (...choices: string[]): Check =>
  (value, where) => {
    if (!choices.includes(value as string)) fail(where, value, choices.map((each) => `"${each}"`).join(" or "));
  };
const list =
  (each: Check): Check =>
  (value, where) => {
    if (!Array.isArray(value)) fail(where, value, "a list of one or more");
    if (!(value as unknown[]).length)
      throw new PlanError(`The plan's ${where} is an empty list, and must have something`);
    (value as unknown[]).forEach((item, i) => each(item, `${where}[${i}]`));
  };
const any: Check = (value, where) => {
  try {
    canonical(value as Json, where);
  } catch (cause) {
    throw new PlanError(`The plan's ${where} is no value that JSON has. ${(cause as Error).message}`, { cause });
  }
};
const values =
  (each: Check): Check =>
  (value, where) => {
    if (!isObject(value)) return fail(where, value, "an object");
    for (const [name, item] of Object.entries(value)) each(item, `${where}.${name}`);
  };

/** An object with these names and no others. */
const shape =
  (required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value, where) => {
    const names = [...Object.keys(required), ...Object.keys(optional)];
    if (!isObject(value)) return fail(where, value, `an object with ${names.join(", ")}`);
    const unknown = Object.keys(value).find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new PlanError(`The plan's ${where} has ${shown(unknown)}, and can have ${names.join(", ")}`);
    }
    for (const [name, check] of Object.entries(required)) check(value[name], `${where}.${name}`);
    for (const [name, check] of Object.entries(optional)) {
      if (value[name] !== undefined) check(value[name], `${where}.${name}`);
    }
  };

const drawn: Check = (value, where) => {
  const check =
    isObject(value) && "of" in value
      ? shape({ of: list(any) })
      : shape({ from: number, to: number }, { scale: oneOf("linear", "log"), whole: flag });
  check(value, where);
  if (!isObject(value) || "of" in value) return;
  const { from, to, scale } = value as { from: number; to: number; scale?: string };
  if (!(from < to)) fail(`${where}.to`, to, `above from, which is ${from}`);
  if (scale === "log" && !(from > 0)) fail(`${where}.from`, from, "above 0, since its scale is a logarithm");
};

const SEED = whole(0, 0xffff_ffff);

const seeds: Check = (value, where) => {
  if (Array.isArray(value)) return list(SEED)(value, where);
  if (!isObject(value)) return fail(where, value, "a list, or { from, to }");
  shape({ from: SEED, to: SEED })(value, where);
  if (Number(value["to"]) < Number(value["from"])) fail(`${where}.to`, value["to"], `${value["from"]} or more`);
};

const succeeds: Check = (value, where) => {
  const names = isObject(value) ? Object.keys(value) : [];
  if (names.length !== 1) fail(where, value, "{ below: … } or { above: … }");
  (names[0] === "above" ? shape({ above: number }) : shape({ below: number }))(value, where);
};

const PLAN = {
  name: text,
  recipe: text,
  model: text,
  task: text,
  options: values(any),
  grid: values(list(any)),
  samples: shape({ count: whole(1, 100_000), options: values(drawn) }, { seed: SEED }),
  evaluate: shape({}, { sequences: whole(1), length: whole(1), repeats: whole(1), difficulty: whole(1) }),
  metric: text,
  better: oneOf("lower", "higher"),
  succeeds,
  halving: shape({ first: whole(1) }, { factor: whole(2), metric: text, asynchronous: flag }),
  keepModels: flag,
};

/** All that a plan can have. */
export const PLAN_NAMES: readonly string[] = [...Object.keys(PLAN), "seeds"];

/** @throws PlanError that names what is no plan, and what it must be */
export function expectPlan(value: unknown): SweepPlan {
  if (!isObject(value)) throw new PlanError(`The plan is ${shown(value)}, and must be an object with seeds`);
  const names = PLAN_NAMES;
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new PlanError(`The plan has ${shown(unknown)}, and can have ${names.join(", ")}`);
  for (const [name, check] of Object.entries(PLAN)) if (value[name] !== undefined) check(value[name], name);
  if (value["seeds"] === undefined) {
    throw new PlanError("The plan has no seeds, and must name them before the first run: seeds: { from: 1, to: 10 }");
  }
  seeds(value["seeds"], "seeds");
  return value as unknown as SweepPlan;
}
