import { Argument, Option, type Command } from "commander";
import { ExitCode, UsageError } from "../errors.js";
import { readCheckpoint } from "../files.js";
import { addFlags } from "../flags.js";
import { modelNameOf, models } from "../models.js";
import { number, whole } from "../numbers.js";
import { optimizerNames } from "../optimizers.js";
import { planTraining, type TrainFlags } from "../plan.js";
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
    .description("Train a model on a task and save it. Ctrl-C saves too, and says how to go on.")
    .addArgument(
      new Argument("[model]", "what to train (default: what fits the task)")
        .choices(Object.keys(models))
        .argParser(modelNameOf),
    )
    .addOption(new Option("--task <name>", 'what to learn (default: "copy")').choices(Object.keys(tasks)))
    .option("--seed <n>", "of parameters and data (default: 1)", whole(0))
    .option("--batch <n>", "sequences a step", whole(1))
    .option("--steps <n>", "the last step", whole(1))
    .addOption(new Option("--optimizer <name>", 'default: "adam"').choices(optimizerNames))
    .option("--learning-rate <x>", "default: the preset's, or the optimizer's own", number())
    .option("--warmup <n>", "steps over which the learning rate rises from 0", whole(0))
    .option("--decay <x>", "the part of the learning rate that is left at the end; 1 lets it stay", number())
    .option(
      "--cost-decay <x>",
      "the part of the model's own cost, such as a bonus for entropy, that counts at the end",
      number({ orZero: true }),
    )
    .option("--clip-norm <x>", "longest gradient; 0 for any (default: 10)", number({ orZero: true }))
    .option(
      "--gradient-noise <eta>",
      "noise of variance η / (1 + t)^0.55 on gradients (default: 0)",
      number({ orZero: true }),
    )
    .option("--until <x>", "stop once the first thing measured, such as wrong bits a sequence, is below this", number())
    .option("--evaluate-every <n>", "measure on fresh sequences every n steps", whole(1))
    .option("--threads <n>", "any number gives the same bits (default: one a core)", whole(1))
    .option("--checkpoint-every <n>", "save every n steps (default: 500)", whole(1))
    .option("--out <file>", "where to save (default: TASK.safetensors, or the file of --resume)")
    .option("--model-only", "end with the model and no state of training: a third of the size, not to be resumed")
    .option("--resume <file>", "go on where this file stands, bit for bit; it knows its own model and task")
    .option(
      "--from <file>",
      "begin with the parameters of this file, whose model learned another task or an easier one",
    )
    .option("--json", "one JSON object a line")
    .action(async (model: string | undefined, { resume, json = false, ...flags }: Flags) => {
      const resumed = resume === undefined ? undefined : { file: resume, ...(await readCheckpoint(resume)) };
      if (resume !== undefined && flags.from !== undefined)
        throw new UsageError(
          "There are --resume and --from, and must be one of them: --resume goes on where a file stands",
        );
      const begun = flags.from === undefined ? undefined : { file: flags.from, ...(await readCheckpoint(flags.from)) };
      const plan = planTraining({ ...flags, ...(model && { model }) }, resumed, begun);
      if (!json) sayStart(plan);
      const outcome = await runTraining(plan, progressFor({ json }));
      const interrupted = outcome.reason === "interrupted";
      if (json) print({ event: "end", ...outcome, ...(interrupted && { resume: plan.resumeCommand }) });
      else sayEnd(outcome, plan);
      if (interrupted) process.exitCode = ExitCode.interrupted;
    });
  addFlags(command, "Options of models (in brackets: default of each):", models);
  addFlags(command, "Options of tasks (in brackets: default of each):", tasks);
}
