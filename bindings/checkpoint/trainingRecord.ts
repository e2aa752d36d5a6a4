import { isObject } from "./json.js";

/** Where training stands. */
export interface TrainingPlace {
  step: number;
  /** Words taken from the random streams. */
  trainingPosition: number;
  evaluationPosition: number;
  /** Where the task's curriculum stands; absent where it has none that goes by errors. */
  progress?: readonly number[];
}

/** What training needs to go on, beside the parameters. */
export interface TrainerState extends TrainingPlace {
  /** The optimizer's; in front of it the latest parameters, where those of the model are their average. */
  optimizer: Float32Array<ArrayBuffer>;
}

/** Where training stood. */
export interface TrainingRecord extends Omit<TrainerState, "optimizer"> {
  readonly optimizer: { readonly name: string; readonly options: Readonly<Record<string, number>> };
  readonly optimizerState: Float32Array<ArrayBuffer>;
  readonly batch: number;
  readonly clip: { readonly norm?: number; readonly value?: number };
  /** η; absent where there is no noise. */
  readonly gradientNoise?: number;
  /** β of the average that the parameters are; absent where they are the latest. */
  readonly average?: number;
  readonly seed: number;
  /** What the windows of the reported means hold. */
  readonly recent: readonly (readonly number[])[];
}

/** Whether what is said of training has the form that training gives it. */
export function isTrainingRecord(record: unknown): record is Omit<TrainingRecord, "optimizerState"> {
  if (!isObject(record)) return false;
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  const isNumber = (value: unknown): boolean => typeof value === "number";
  const isNumbers = (values: unknown): boolean => isObject(values) && Object.values(values).every(isNumber);
  const {
    step,
    trainingPosition,
    evaluationPosition,
    batch,
    seed,
    optimizer,
    clip,
    recent,
    gradientNoise = 0,
    average = 0,
    progress = [],
  } = record;
  return (
    [step, trainingPosition, evaluationPosition, batch, seed].every(isCount) &&
    (batch as number) > 0 &&
    isObject(optimizer) &&
    typeof optimizer["name"] === "string" &&
    isNumbers(optimizer["options"]) &&
    isNumbers(clip) &&
    isNumber(gradientNoise) &&
    isNumber(average) &&
    Array.isArray(progress) &&
    progress.every(Number.isFinite) &&
    Array.isArray(recent) &&
    recent.every((entry) => {
      if (!Array.isArray(entry) || entry.length < 2 || entry.length !== (recent[0] as unknown[]).length) return false;
      return entry[0] === batch && entry.every(Number.isFinite);
    })
  );
}
