import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Engine } from "../../bindings/core.js";
import { BINARY, engineIdentity } from "../../cli/sweeping/engineIdentity.js";
import { packagePath } from "../../cli/sweeping/packagePath.js";
import { performTraining } from "../../cli/sweeping/performTraining.js";
import { planSweep } from "../../cli/sweeping/planned.js";
import { runHash, settingHash, type Planned } from "../../runs/store/planning.js";
import type { Store } from "../../runs/store/store.js";
import type { SweepPlan } from "../../runs/sweep/plan.js";
import { linesOf } from "./cli.js";

const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** Module of the processes that train, as it was built. */
export const workerModule = packagePath("dist/runWorker.js");

/** A plan as the command reads it. */
export const planned = (plan: SweepPlan, name = "sweep"): Planned =>
  planSweep(plan, { name, folder: "." }, engineIdentity());

/** Runs of a plan by their hashes, and the weights that each comes to in this process, in one go, without any queue. */
export async function quietWeights({ settings }: Planned): Promise<Map<string, string>> {
  const engine = await Engine.create({ bytes: readFileSync(packagePath(BINARY)) });
  const weights = new Map<string, string>();
  for (const setting of settings) {
    const { record, spec, seeds } = setting;
    for (const seed of seeds) {
      const run = performTraining(engine, engineIdentity(), { record, spec, seed, data: {} });
      await run.advance({ shouldStop: () => false });
      weights.set(runHash(settingHash(setting), seed), (await run.result()).weights);
      run.dispose();
    }
  }
  engine[Symbol.dispose]();
  return weights;
}

/** What a database has of results: runs and their weights. */
export async function storedWeights({ database }: Pick<Store, "database">): Promise<Map<string, string>> {
  const rows = await database.query("select run, weights from tapehead.results");
  return new Map(rows.map(({ run, weights }) => [run as string, weights as string]));
}

/** An event of a command with --json. */
export type Event = Readonly<Record<string, unknown>>;

const commands: Command[] = [];
process.on("exit", () => commands.forEach(({ child }) => child.kill("SIGKILL")));

/** The command line in a process of its own, which a test may end. */
export class Command {
  readonly child: ChildProcess;
  readonly events: Event[] = [];
  readonly ended: Promise<number | null>;
  stderr = "";

  constructor(words: readonly string[], { cwd }: { cwd: string }) {
    this.child = spawn(process.execPath, [program, ...words], { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let rest = "";
    this.child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      const end = (rest += text).lastIndexOf("\n") + 1;
      if (end) this.events.push(...linesOf(rest.slice(0, end)));
      rest = rest.slice(end);
    });
    this.child.stderr!.setEncoding("utf8").on("data", (text) => (this.stderr += text));
    commands.push(this);
    this.ended = new Promise((resolve) => this.child.on("close", resolve));
  }

  count(event: string): number {
    return this.events.filter((each) => each["event"] === event).length;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
}
