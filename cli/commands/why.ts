import { type Command } from "commander";
import { explain, type Explained } from "../../runs/store/why.js";
import { dashed } from "../flags.js";
import { count, duration } from "../numbers.js";
import { print } from "../output.js";
import type { TrainingSpec } from "../sweeping/setting.js";
import { DATABASE } from "../sweeping/databaseOption.js";
import { openStore } from "../sweeping/sweep.js";
import { digits } from "../sweeping/view.js";

interface Flags {
  database?: string;
  json?: boolean;
}

export function addWhy(program: Command): void {
  program
    .command("why")
    .description("Say all that is known of a run: what decides its bits, what it came to, or why it did not, and where")
    .argument("<hash>", "the first digits of the run's hash, as results and messages have it")
    .option(...DATABASE)
    .option("--json", "as JSON")
    .action(async (hash: string, { database, json = false }: Flags) => {
      const store = await openStore(database, { create: false });
      try {
        const explained = await explain(store, hash);
        if (json) print(explained);
        else console.log(textOf(explained));
      } finally {
        await store.close();
      }
    });
}

function textOf(explained: Explained): string {
  const { run, setting, seed, sweeps, record, conflicts, decisions } = explained;
  const lines = [
    `run      ${run}`,
    `sweeps   ${sweeps.join(", ")}`,
    `setting  ${setting || "the only one"}, seed ${seed}`,
    `version  ${record["tapehead"] as string}, binary ${(record["binary"] as string).slice(0, 12)}`,
    `state    ${stateOf(explained)}`,
  ];
  for (const { step, promoted, value } of decisions) {
    const median = value === null ? "half of its seeds failed" : `median ${digits(value)}`;
    lines.push(`         after step ${count(step)} the setting ${promoted ? "went on" : "was stopped"}: ${median}`);
  }
  for (const { weights, host } of conflicts) lines.push(`CONFLICT other weights on ${host}: ${weights}`);
  lines.push("", "by hand:", `  ${commandOf(explained)}`, "", "what decides its bits:");
  const { tapehead: _, binary: __, kind: ___, ...decided } = record;
  return [
    ...lines,
    ...JSON.stringify(decided, undefined, 2)
      .split("\n")
      .map((line) => `  ${line}`),
  ].join("\n");
}

function stateOf({ state, step, measured, weights, seconds, host, message }: Explained): string {
  switch (state) {
    case "done": {
      const said = Object.entries(measured).map(([name, value]) => `${name} ${digits(value as number)}`);
      return `done after ${count(step)} steps in ${duration(seconds!)} on ${host}: ${said.join(", ")}; weights ${weights!.slice(0, 12)}`;
    }
    case "failed":
      return `failed on ${host}: ${message}`;
    case "cancelled":
      return "cancelled: `tapehead retry` asks for it again";
    case "stopped":
      return `stopped after ${count(step)} steps, since other settings were better, or until that is known`;
    case "open":
      return step ? `saved at step ${count(step)}, and not done` : "not begun";
  }
}

/** The command that trains the same weights. */
function commandOf({ spec, seed }: Explained): string {
  const { model, task, flags, data } = spec as unknown as TrainingSpec;
  const words = ["tapehead train", model, `--task ${task}`];
  for (const [name, value] of Object.entries(flags)) {
    if (value === true) words.push(`--${dashed(name)}`);
    else if (value === false) words.push(`--no-${dashed(name)}`);
    else words.push(`--${dashed(name)} ${typeof value === "object" ? `'${JSON.stringify(value)}'` : String(value)}`);
  }
  for (const [name, { file }] of Object.entries(data)) words.push(`--${dashed(name)} ${file}`);
  return [...words, `--seed ${seed}`].join(" ");
}
