import { Argument, Option, type Command } from "commander";
import { ExitCode, UsageError } from "../errors.js";
import { readCheckpoint } from "../files.js";
import { addFlags, showFlagsOf } from "../flags.js";
import { modelNameOf, models } from "../models.js";
import { number, part, whole } from "../numbers.js";
import { optimizerNames } from "../optimizers.js";
import { isModulePath, readOwnModule } from "../ownModule.js";
import { planTraining } from "../plan.js";
import type { TrainFlags } from "../trainFlags.js";
import { progressFor } from "../progress.js";
import { print } from "../output.js";
import { sayEnd, sayStart } from "../summary.js";
import { tasks } from "../tasks.js";
import { runTraining } from "../training.js";

interface Flags extends TrainFlags {
  resume?: string;
  json?: boolean;
}

export function addTrain(program: Command): void {
  const command = program
    .command("train")
    .description("Train a model on a task and save it. Ctrl-C saves too, and prints the command that resumes.")
    .addArgument(
      new Argument(
        "[model]",
        "model (default: the one for the task), or path of a JavaScript module that exports a model and a task of your " +
          "own, as in `tapehead train ./mine.js`",
      )
        .choices(Object.keys(models))
        .argParser((text) => (isModulePath(text) ? text : modelNameOf(text))),
    )
    .addOption(new Option("--task <name>", 'task (default: "copy")').choices(Object.keys(tasks)))
    .option("--seed <n>", "seed of parameters and data (default: 1)", whole(0))
    .option("--batch <n>", "sequences per step", whole(1))
    .option("--steps <n>", "number of training steps", whole(1))
    .addOption(new Option("--optimizer <name>", 'optimizer (default: "adam")').choices(optimizerNames))
    .option("--learning-rate <x>", "learning rate (default: the preset's, or the optimizer's)", number())
    .option(
      "--momentum <x>",
      "momentum of sgd or rmsprop, from 0 to below 1 (default: the preset's, or 0.9)",
      part({ below: true }),
    )
    .option(
      "--weight-decay <x>",
      "decay of weights in adam, from 0 to 1: a step takes this times the learning rate off each (default: 0)",
      part(),
    )
    .option("--warmup <n>", "steps of linear warm-up from a learning rate of 0", whole(0))
    .option("--decay <x>", "final learning rate as a fraction of the first; 1 keeps it constant", number())
    .option(
      "--cost-decay <x>",
      "final weight of the auxiliary loss, such as an entropy bonus, as a fraction of the first",
      number({ orZero: true }),
    )
    .option("--cost-halving <n>", "steps after each of which the weight of the auxiliary loss is halved", whole(1))
    .option(
      "--clip-norm <x>",
      "largest norm of the gradient; 0 turns clipping off (default: 10)",
      number({ orZero: true }),
    )
    .option(
      "--gradient-noise <eta>",
      "gradient noise: Gaussian, of variance η / (1 + t)^0.55 (default: 0)",
      number({ orZero: true }),
    )
    .option(
      "--average <beta>",
      "exponential moving average of the parameters, from 0 to below 1, such as 0.999: the model that is measured and saved " +
        "(default: 0, none)",
      part({ below: true }),
    )
    .option("--until <x>", "stop once the first metric, such as wrong bits per sequence, is below this", number())
    .option("--evaluate-every <n>", "evaluate on fresh sequences every n steps", whole(1))
    .option("--threads <n>", "threads; any number gives the same bits (default: one per core)", whole(1))
    .option("--checkpoint-every <n>", "save a checkpoint every n steps (default: 500)", whole(1))
    .option("--out <file>", "output file (default: TASK.safetensors, MODULE.safetensors, or the file of --resume)")
    .option("--model-only", "save the model without optimizer state: a third of the size, cannot be resumed")
    .addOption(
      new Option(
        "--dtype <type>",
        "with --model-only: f16 stores parameters in half of the bytes (default: f32)",
      ).choices(["f32", "f16"]),
    )
    .option(
      "--log <dir>",
      "write TensorBoard events, JSON lines and CSV into this folder: loss, metrics, gradient norm, learning rate, " +
        "evaluations; with --resume its log goes on",
    )
    .option("--log-every <n>", "steps between two rows of the log (default: at most 1000 rows)", whole(1))
    .option("--resume <file>", "resume from this checkpoint, bit for bit, with its model, task, steps and schedules")
    .option("--from <file>", "initial parameters from this file: transfer from another task or an easier one")
    .option("--json", "one JSON object per line")
    .action(async (model: string | undefined, { resume, json = false, ...flags }: Flags) => {
      if (resume !== undefined && flags.from !== undefined)
        throw new UsageError(
          "There are --resume and --from, and must be one of them: --resume goes on where a file stands",
        );
      const own = model !== undefined && isModulePath(model) ? await readOwnModule(model) : undefined;
      const read = async (file: string | undefined) =>
        file === undefined ? undefined : { file, ...(await readCheckpoint(file, own)) };
      const trained = own ? { own } : model ? { model } : {};
      const plan = planTraining({ ...flags, ...trained }, await read(resume), await read(flags.from));
      if (!json) sayStart(plan);
      const outcome = await runTraining(plan, progressFor({ json }));
      const interrupted = outcome.reason === "interrupted";
      if (json)
        print({ event: "end", ...outcome, log: plan.log?.folder, ...(interrupted && { resume: plan.resumeCommand }) });
      else sayEnd(outcome, plan);
      if (interrupted) process.exitCode = ExitCode.interrupted;
    });
  addFlags(command, "Options of models (in brackets: default of each):", models);
  addFlags(command, "Options of tasks (in brackets: default of each):", tasks);
  showFlagsOf(command, () => {
    const { task } = command.opts<Flags>();
    const [name] = command.args;
    const model = name !== undefined && Object.hasOwn(models, name) ? name : task && tasks[task]!.model;
    return model ? new Set([model, ...(task ? [task] : models[model]!.learns)]) : undefined;
  });
}
