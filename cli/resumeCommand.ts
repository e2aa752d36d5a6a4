import { basename, relative } from "node:path";
import { dashed } from "./flags.js";
import { TextFile } from "./input.js";
import { quoted } from "./quoted.js";
import type { StoredPlan } from "./storedPlan.js";
import type { TrainFlags } from "./trainFlags.js";

/** What a file keeps of the options of training, beside what training keeps itself. */
export function planned(flags: TrainFlags): StoredPlan {
  const { steps, learningRate, decay, costDecay, costHalving, warmup, until, evaluateEvery, checkpointEvery } = flags;
  return { steps, learningRate, decay, costDecay, costHalving, warmup, until, evaluateEvery, checkpointEvery };
}

/** Says the plan, which the file has, too, and what a checkpoint does not carry. */
export function resumeCommand(flags: TrainFlags): string {
  const { own, out, modelOnly, dtype, log, logEvery } = flags;
  const words = [command(), "train", ...(own ? [quoted(own.file)] : []), "--resume", quoted(out!)];
  for (const [name, value] of Object.entries(planned(flags))) {
    if (value !== undefined) words.push(`--${dashed(name)}`, String(value));
  }
  for (const [name, value] of Object.entries(flags)) {
    if (value instanceof TextFile) words.push(`--${name}`, quoted(value.file));
  }
  if (log !== undefined) words.push("--log", quoted(log));
  if (logEvery !== undefined) words.push("--log-every", String(logEvery));
  if (modelOnly) words.push("--model-only");
  if (dtype) words.push("--dtype", dtype);
  return words.join(" ");
}

/** How this program was started, for commands that a reader may paste. */
function command(): string {
  if (process.env["npm_command"] === "exec") return "npx tapehead";
  const script = process.argv[1] ?? "tapehead";
  return basename(script).startsWith("tapehead") ? "tapehead" : `node ${quoted(relative("", script))}`;
}
