import { Command, CommanderError } from "commander";
import about from "../package.json" with { type: "json" };
import { addAsk } from "./commands/ask.js";
import { addCalibrate } from "./commands/calibrate.js";
import { addChat } from "./commands/chat.js";
import { addCompile } from "./commands/compile.js";
import { addDemo } from "./commands/demo.js";
import { addImport } from "./commands/import.js";
import { addInspect } from "./commands/inspect.js";
import { addLearn } from "./commands/learn.js";
import { addResults } from "./commands/results.js";
import { addParse } from "./commands/parse.js";
import { addPlay } from "./commands/play.js";
import { addProve } from "./commands/prove.js";
import { addRun } from "./commands/run.js";
import { addTrace } from "./commands/trace.js";
import { addTrain } from "./commands/train.js";
import { addStatus } from "./commands/status.js";
import { addSenses } from "./commands/senses.js";
import { addSweep } from "./commands/sweep.js";
import { addChanges } from "./commands/changes.js";
import { addWhy } from "./commands/why.js";
import { addWork } from "./commands/work.js";
import { addStory } from "./commands/story.js";
import { addTransducers } from "./commands/transducers.js";
import { briefly } from "./briefly.js";
import { ExitCode, UsageError } from "./errors.js";
import { PlanError } from "../runs/errors.js";
import { withOperands } from "./operands.js";

const program = new Command("tapehead")
  .description(about.description)
  .version(about.version)
  .option("--debug", "print the stack of an error")
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(`${text.trimEnd()} (--help says what there is)\n`) })
  .configureHelp({ showGlobalOptions: true, subcommandDescription: briefly });
addLearn(program);
addTrain(program);
addRun(program);
addTrace(program);
addTransducers(program);
addParse(program);
addProve(program);
addAsk(program);
addStory(program);
addSenses(program);
addChat(program);
addPlay(program);
addCalibrate(program);
addInspect(program);
addCompile(program);
addImport(program);
addSweep(program);
addWork(program);
addStatus(program);
addResults(program);
addChanges(program);
addWhy(program);
addDemo(program);

// A reader may leave before all is written, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await program.parseAsync(withOperands(process.argv.slice(2)), { from: "user" });
} catch (error) {
  process.exitCode = report(error as Error);
}

/** Says what went wrong in a line. */
function report(error: Error): ExitCode {
  if (error instanceof CommanderError) return error.exitCode ? ExitCode.wrongUsage : ExitCode.done; // it has spoken
  const { debug } = program.opts<{ debug?: boolean }>();
  console.error(debug ? error : `error: ${error.message}`);
  return error instanceof UsageError || error instanceof PlanError ? ExitCode.wrongUsage : ExitCode.failed;
}
