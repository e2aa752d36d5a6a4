import type { Command } from "commander";
import { presetOf } from "../../recipes/presets.js";
import { runnerOf } from "../capabilities.js";
import { ExitCode } from "../errors.js";
import { readHeld } from "../files.js";
import { planTraining } from "../plan.js";
import { progressFor } from "../progress.js";
import { sayEnd } from "../summary.js";
import { terminalOf } from "../terminal.js";
import { runTraining } from "../training.js";

const file = "copy.safetensors";
const text = "Neural Turing Machines learn to copy what they have never seen.";

export function addDemo(program: Command): void {
  const { minLength, maxLength } = presetOf("ntm", "copy").task;
  program
    .command("demo")
    .description("Train a Neural Turing Machine to copy from scratch, then let it copy your text.")
    .argument("[text...]", `the text (default: "${text}")`)
    .action(async (words: string[]) => {
      const input = new TextEncoder().encode(words.join(" ") || text);
      console.log(
        `A Neural Turing Machine learns, from nothing, to repeat sequences of ${minLength} to ${maxLength} random bytes.`,
      );
      console.log(
        `Then it copies a text of ${input.length} bytes. This takes less than a minute; the model is kept in ${file}.\n`,
      );
      const plan = planTraining({ evaluateEvery: 250, out: file });
      const outcome = await runTraining(plan, progressFor({}));
      sayEnd(outcome, plan);
      if (outcome.reason === "interrupted") {
        process.exitCode = ExitCode.interrupted;
        return;
      }
      console.log("");
      const copied = await runnerOf(await readHeld(file)).run(input, {}, []);
      copied.say(terminalOf(process.stdout));
    });
}
