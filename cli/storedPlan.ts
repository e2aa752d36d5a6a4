import { UsageError } from "./errors.js";
import { dashed } from "./flags.js";

/** What a checkpoint's metadata say of the plan it was made by: numbers that training itself does not keep. */
export interface StoredPlan {
  readonly steps?: number | undefined;
  readonly learningRate?: number | undefined;
  readonly decay?: number | undefined;
  readonly costDecay?: number | undefined;
  readonly costHalving?: number | undefined;
  readonly warmup?: number | undefined;
  readonly until?: number | undefined;
  readonly evaluateEvery?: number | undefined;
  readonly checkpointEvery?: number | undefined;
}

/** Name of the plan in the metadata. */
const NAME = "plan";
const numbers = [
  "steps",
  "learningRate",
  "decay",
  "costDecay",
  "costHalving",
  "warmup",
  "until",
  "evaluateEvery",
  "checkpointEvery",
] as const satisfies readonly (keyof StoredPlan)[];

/** Metadata of a checkpoint that goes on by this plan when it is resumed. */
export function planMetadata(plan: StoredPlan): Readonly<Record<string, string>> {
  const given = numbers.flatMap((name) => (plan[name] === undefined ? [] : [[name, plan[name]] as const]));
  return { [NAME]: JSON.stringify(Object.fromEntries(given)) };
}

/** What metadata say of the parameters as they were: a model that is trained on has to be calibrated again. */
const OF_PARAMETERS = "calibration";

/** Metadata of a file that go with its model when it is trained on. */
export function otherMetadata(metadata: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== NAME && name !== OF_PARAMETERS));
}

/**
 * The plan in the metadata of a file that is resumed, or undefined if there is none.
 * @throws UsageError when it is none.
 */
export function storedPlanOf(file: string, metadata: Readonly<Record<string, string>> = {}): StoredPlan | undefined {
  const text = Object.hasOwn(metadata, NAME) ? metadata[NAME]! : undefined;
  if (text === undefined) return undefined;
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch {
    // said below
  }
  if (typeof plan !== "object" || plan === null || Array.isArray(plan)) throw wrong(file, "is none");
  for (const [name, value] of Object.entries(plan)) {
    if (!(numbers as readonly string[]).includes(name)) throw wrong(file, `has a name that is no option of training`);
    if (typeof value !== "number" || !(value >= 0)) throw wrong(file, `has no number for --${dashed(name)}`);
  }
  return plan;
}

const wrong = (file: string, what: string): UsageError =>
  new UsageError(`Cannot resume ${file}: the plan in its metadata ${what}`);
