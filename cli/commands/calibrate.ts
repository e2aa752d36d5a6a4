import type { Command } from "commander";
import type { Engine } from "../../bindings/full.js";
import { save } from "../../bindings/core.js";
import { acceptance, calibrationMetadata } from "../../bindings/tasks.js";
import { calibrationFrom } from "../calibrating.js";
import { capabilityOf, isDrawing } from "../capabilities.js";
import { withEngine } from "../engine.js";
import { UsageError } from "../errors.js";
import { expectWritable, isHalf, readCheckpoint, writeWhole } from "../files.js";
import { heldBy, type Held } from "../held.js";
import { heldOut } from "../heldOut.js";
import { given, part, plural } from "../numbers.js";
import { print } from "../output.js";
import { pairsOf, type PairsFile } from "../pairs.js";
import { recordingsOf, type RecordingsFile } from "../recordings.js";
import type { Calibrated } from "../systems/commands.js";
import { viewOf } from "../views.js";
import { digitsOf, type DigitsFile } from "../writtenDigits.js";

interface Flags {
  readonly pairs?: PairsFile;
  readonly except?: PairsFile;
  readonly recordings?: RecordingsFile;
  readonly digits?: DigitsFile;
  readonly precision: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** Precisions that the report shows the coverage at, beside the one that is stored. */
const SHOWN = [0.9, 0.95, 0.99, 0.999];

export function addCalibrate(program: Command): void {
  program
    .command("calibrate")
    .description(
      "Measure how often a saved model's answers are right, by how likely it thinks them, and write that into its file: " +
        "`date`, `parse`, `story`, `listen` and `describe` then refuse what is not sure enough, and `pronounce` tells how sure an answer is.",
    )
    .argument("<file>", "a saved model for pronunciation, dates, a grammar, stories, spoken digits or scattered ones")
    .option("--pairs <file>", "sources and targets that training has not seen, with a tab between", pairsOf)
    .option("--except <file>", "leave out sources that are in this file too, such as the training data", pairsOf)
    .option("--recordings <path>", "for models that listen, the recordings of training", recordingsOf)
    .option("--digits <file>", "for models that read digits in pictures, the digits of training", digitsOf)
    .option("--precision <part>", "part of the accepted answers that is to be right", part(), 0.99)
    .option("--out <file>", "where the model goes (default: the same file)")
    .option("--json", "print the report as one JSON object")
    .action(async (file: string, flags: Flags) => {
      const { out = file, json = false } = flags;
      const { checkpoint, bytes } = await readCheckpoint(file);
      const held = heldBy(file, checkpoint);
      const measure = isDrawing(held) ? drawn(held, flags) : unseen(held, flags);
      await expectWritable(out);
      const { calibration, judged, metadata: measured } = await withEngine(measure);
      const { model, task, training, metadata } = checkpoint;
      const texts = { ...metadata, ...measured };
      const dtype = isHalf(bytes) ? "f16" : "f32";
      await writeWhole(out, save(model, { ...given({ task, training }), metadata: texts, dtype }));
      const coverages = SHOWN.map((precision) => ({ precision, ...acceptance(judged, precision) }));
      if (json) return print({ file: out, calibration, coverages });
      const { answers, error } = calibration;
      const right = judged.filter(({ isRight }) => isRight).length;
      console.log(
        `${plural(answers, "answer")}, ${percent(right / answers)} right; calibration error ${percent(error)}`,
      );
      for (const { precision, coverage } of coverages)
        console.log(`${percent(precision)} of ${percent(coverage)} are right: those with the highest probabilities`);
      console.log(out);
    });
}

type Measure = (engine: Engine) => Calibrated;

/** A calibration with questions that the model's task draws. */
function drawn(held: Held, { pairs, except, precision, ...files }: Flags): Measure {
  if (pairs ?? except) throw new UsageError(`${held.file} draws its questions: leave --pairs and --except out`);
  const measure = capabilityOf(held, "calibrate");
  return (engine) => measure(held, engine, precision, files);
}

/** A calibration with pairs that training has not seen. */
function unseen(held: Held, { pairs, except, recordings, digits, precision }: Flags): Measure {
  if (recordings) throw new UsageError(`${held.file} does not listen: leave --recordings out`);
  if (digits) throw new UsageError(`${held.file} does not look at pictures: leave --digits out`);
  const { transducer, parser } = viewOf(held.task?.name) ?? {};
  const beam = (transducer ?? parser)?.beam;
  const transduction = capabilityOf(held, "transduce", "calibrate")(held, held.task?.name ?? "");
  const heldOutOf = heldOut[held.task?.name ?? ""];
  if (beam === undefined || !heldOutOf)
    throw new UsageError(`${held.file} holds no model for ${Object.keys(heldOut).join(" or ")}`);
  const found = heldOutOf({ options: held.task!.options, ...given({ pairs, except }) });
  const search = { beam };
  return (engine) => {
    const measured = calibrationFrom(engine, { transduction, pairs: found, search, precision });
    return { ...measured, metadata: calibrationMetadata(measured.calibration) };
  };
}

const percent = (part: number): string => `${+(100 * part).toFixed(2)}%`;
