/** `tapehead train --log`: what independent readers find in the folder, also after interruptions and on a full disk. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint } from "../../bindings/load.js";
import { commandLine, linesOf, type Ended } from "../support/cli.js";
import { bytesOf, csvRows, jsonRows } from "../support/logFolder.js";
import { hparamsOf, scalarsOf } from "../support/tensorBoard.js";

const { folder, tapehead } = commandLine();
const small = "ntm --hidden 8 --slots 8 --width 4 --max-length 3 --batch 4";
/** More steps than there can be before a signal comes. */
const ENDLESS = 1_000_000;
const at = (name: string): string => join(folder, name);
const columns = ["train/loss", "train/bitError", "train/gradientNorm", "train/learningRate"];

async function trained(flags: string, given?: Parameters<typeof tapehead>[1]): Promise<Ended> {
  const ended = await tapehead(`train ${flags}`, given);
  assert.is(ended.code, 0, ended.stderr);
  return ended;
}

const stepOf = (name: string): number =>
  existsSync(at(name)) ? loadCheckpoint(readFileSync(at(name)), { file: name }).training!.step : 0;

/** JSON lines, CSV and scalars are those of another log. */
function expectSameLogs(log: string, other: string): void {
  for (const name of ["metrics.jsonl", "metrics.csv"]) assert.is(bytesOf(at(log), name), bytesOf(at(other), name));
  assert.equal(scalarsOf(at(log)), scalarsOf(at(other)));
}

const flags = "--checkpoint-every 7 --evaluate-every 10 --log-every 4";
/** Steps at which the runs below end: not one that every run has a row at. */
const LAST = 59;
await trained(`${small} ${flags} --steps ${LAST} --out quiet --log runs/quiet`);

const logs = suite("train --log");

logs("loss, metrics, gradient norm, learning rate and evaluations, as training reports them", async () => {
  const often = "--warmup 50 --log-every 10 --evaluate-every 25";
  const { stdout } = await trained(`${small} --seed 3 --steps 65 ${often} --json --out facts --log runs/facts`);
  const steps = linesOf(stdout).filter(({ event }) => event === "step") as Record<string, number>[];
  const wanted = steps.flatMap((report): [number, Record<string, number>][] => {
    const { step, loss, bitError, gradientNorm, learningRate } = report;
    const evaluation = Object.entries(report["evaluation"] ?? {}) as [string, number][];
    const values = {
      ...((step! % 10 === 0 || step === 65) && {
        ...{ "train/loss": loss!, "train/bitError": bitError! },
        ...{ "train/gradientNorm": gradientNorm!, "train/learningRate": learningRate! },
      }),
      ...Object.fromEntries(evaluation.map(([name, value]) => [`evaluation/${name}`, value])),
    };
    return Object.keys(values).length ? [[step!, values]] : [];
  });
  assert.equal(
    wanted.map(([step]) => step),
    [10, 20, 25, 30, 40, 50, 60, 65],
  );
  assert.equal(jsonRows(at("runs/facts")), wanted);
  assert.equal(csvRows(at("runs/facts")), wanted);
  const tags = [...columns, "evaluation/loss", "evaluation/bitError"];
  assert.equal(
    [...scalarsOf(at("runs/facts"))],
    tags.map((tag) => [
      tag,
      wanted.flatMap(([step, values]) => (tag in values ? [[step, Math.fround(values[tag]!)]] : [])),
    ]),
  );
  const { settings, statuses } = hparamsOf(at("runs/facts"));
  const some = { model: "NeuralTuringMachine", "model.slots": 8, task: "copy", "task.maxLength": 3, seed: 3, batch: 4 };
  for (const [name, value] of Object.entries({
    ...some,
    steps: 65,
    optimizer: "adam",
    evaluateEvery: 25,
    logEvery: 10,
  }))
    assert.is(settings[name], value, name);
  assert.equal(statuses, [1]);
});

logs("says where the log is, at the start and at the end", async () => {
  const { stdout } = await trained(`${small} --steps 4 --out said --log 'runs/two words'`);
  const command = "into runs/two words: tensorboard --logdir 'runs/two words'";
  assert.match(stdout, `Logging ${command}`);
  assert.match(stdout, `Logged ${command}`);
  const json = linesOf((await trained(`${small} --steps 4 --json --out said --log runs/json`)).stdout);
  for (const event of ["start", "end"]) assert.is(json.find((line) => line["event"] === event)!["log"], "runs/json");
});

logs("training has the bits of a run without a log", async () => {
  await trained(`${small} --steps 30 --out with --log runs/with --log-every 1`);
  await trained(`${small} --steps 30 --out without`);
  assert.equal(readFileSync(at("with")), readFileSync(at("without")));
});

logs(
  "unless told otherwise, rows are at most 1000, a round number of steps apart; going on keeps the distance",
  async () => {
    const distance = (log: string): unknown => hparamsOf(at(log)).settings["logEvery"];
    for (const [steps, every] of [
      [1000, 1],
      [1001, 2],
      [10_001, 20],
      [50_001, 100],
    ] as const) {
      const log = `runs/every-${steps}`;
      await trained(`${small} --steps ${steps} --until 1000 --evaluate-every 1 --out every --log ${log}`);
      assert.is(distance(log), every, `${steps} steps`);
    }
    await trained(`${small} --steps 10 --out kept --log runs/kept --log-every 5`);
    await trained("--resume kept --steps 5000 --until 1000 --evaluate-every 5 --log runs/kept");
    assert.is(distance("runs/kept"), 5);
    await trained("--resume kept --steps 5000 --until 1000 --evaluate-every 5 --log runs/kept --log-every 3");
    assert.is(distance("runs/kept"), 3);
  },
);
logs.run();

const going = suite("going on with a log");

going("Ctrl-C prints a command that goes on; the log is that of a run never stopped", async () => {
  const begin = `train ${small} ${flags} --steps ${ENDLESS} --out polite --log runs/polite --json`;
  let resume = "";
  for (const interrupted of [13, 17, 18]) {
    const { code, stdout } = await tapehead(resume ? `${resume} --json` : begin, {
      onLine: (child, line) => void (line === interrupted && child.kill("SIGINT")),
    });
    assert.is(code, 130);
    resume = (linesOf(stdout).at(-1)!["resume"] as string).replace(/^.*? train/, "train");
    assert.match(resume, " --log runs/polite --log-every 4");
  }
  const steps = stepOf("polite") + 3;
  await trained(`--resume polite --steps ${steps} --log runs/polite`);
  await trained(`${small} ${flags} --steps ${steps} --out patient --log runs/patient`);
  assert.equal(readFileSync(at("polite")), readFileSync(at("patient")));
  expectSameLogs("runs/polite", "runs/patient");
});

going("kill -9 at any moment: the same", async () => {
  const begin = `${small} ${flags} --steps ${LAST} --out killed --log runs/killed --json`;
  const resume = `--resume killed ${flags} --log runs/killed --json`;
  let kills = 0;
  // The command prints a line a step, and one a save. Where it came to its end before two signals did, all begins anew.
  for (let tries = 0; (stepOf("killed") < LAST || kills < 2) && tries < 40; ++tries) {
    if (stepOf("killed") === LAST) {
      rmSync(at("killed"));
      kills = 0;
    }
    // Nothing to go on from: it begins again, and removes the log as the message says.
    if (!stepOf("killed")) rmSync(at("runs/killed"), { recursive: true, force: true });
    const { code } = await tapehead(`train ${stepOf("killed") ? resume : begin}`, {
      onLine: (child, line) => void (line === 20 + (tries % 20) && child.kill("SIGKILL")),
    });
    if (code === null) ++kills;
  }
  assert.is(stepOf("killed"), LAST);
  assert.ok(kills > 1, "no two signals came in time");
  expectSameLogs("runs/killed", "runs/quiet");
});

going("a checkpoint of an earlier step: later rows are cut", async () => {
  await trained(`${small} ${flags} --steps 20 --out early --log runs/early`);
  const saved = readFileSync(at("early"));
  await trained("--resume early --steps 40 --log runs/early");
  assert.is(jsonRows(at("runs/early")).at(-1)![0], 40);
  writeFileSync(at("early"), saved);
  await trained(`--resume early --steps ${LAST} --log runs/early`);
  expectSameLogs("runs/early", "runs/quiet");
});

going("another folder begins where the run stands", async () => {
  await trained(`${small} --steps 10 --out later`);
  await trained("--resume later --steps 12 --log runs/later");
  assert.equal(
    jsonRows(at("runs/later")).map(([step]) => step),
    [11, 12],
  );
});
going.run();

const refusals = suite("logs that are refused");
const refused = async (flags: string, message: RegExp | string, code = 1): Promise<void> => {
  const ended = await tapehead(`train ${flags}`);
  assert.is(ended.code, code, ended.stdout);
  assert.match(ended.stderr, message);
};

refusals("a folder with a log, unless its run goes on", async () => {
  await trained(`${small} --steps 4 --out there --log runs/there`);
  const before = readdirSync(at("runs/there"));
  const message =
    "Cannot log into runs/there: it has run.json of an earlier run. Name another folder, remove that one, or";
  await refused(`${small} --steps 4 --out there --log runs/there`, message);
  await refused(`${small} --steps 4 --from there --out other --log runs/there`, message);
  assert.equal(readdirSync(at("runs/there")), before);
  assert.not(existsSync(at("other")));
});

refusals("the log of another run", async () => {
  await trained(`${small} --steps 4 --out one --log runs/one`);
  await trained(`${small} --seed 2 --steps 4 --out two --log runs/two`);
  const before = bytesOf(at("runs/one"), "metrics.jsonl");
  await refused(
    "--resume two --steps 8 --log runs/one",
    "Cannot log into runs/one: it has the log of a run with model.seed 1, and this run has model.seed 2. Name another folder",
  );
  assert.is(bytesOf(at("runs/one"), "metrics.jsonl"), before);
  assert.is(stepOf("two"), 4);
});

refusals("a log whose lines somebody has changed", async () => {
  await trained(`${small} --steps 4 --out changed --log runs/changed`);
  cpSync(at("runs/one/metrics.csv"), at("runs/changed/metrics.jsonl"));
  await refused("--resume changed --steps 8 --log runs/changed", "metrics.jsonl: line 1 is no row of a log");
});

refusals("what is no folder, and distances without a folder or of no steps", async () => {
  writeFileSync(at("file"), "");
  await refused(`${small} --steps 4 --log file`, "Cannot log into file: it is a file, and must be a folder");
  await refused(`${small} --steps 4 --log file/a`, "Cannot write file/a: part of the path is a file");
  await refused(`${small} --steps 4 --log-every 4`, "--log-every is for --log, which names a folder", 2);
  await refused(`${small} --steps 4 --log runs/no --log-every 0`, "It must be a whole number from 1 up", 2);
  const { status, stderr } = await alone(`train ${small} --steps 4 --log=`);
  assert.is(status, 2);
  assert.match(stderr, "--log is empty, and must name a folder");
});

/** The command in a shell, which may limit it. */
function alone(words: string, before = ""): Promise<{ status: number | null; stderr: string }> {
  const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
  const child = spawn("sh", ["-c", `${before}exec "${process.execPath}" "${program}" ${words}`], { cwd: folder });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  child.stdout.resume();
  return new Promise((resolve) => child.on("close", (status) => resolve({ status, stderr })));
}

refusals(
  "no room for the log: the model is saved at that step, and the message says what of the log is whole",
  async () => {
    // A file may have 64 kB, more than the model's.
    const { status, stderr } = await alone(
      `train ${small} --steps ${ENDLESS} --checkpoint-every 50 --out full --log runs/full --log-every 1`,
      "ulimit -f 128; ",
    );
    assert.is(status, 1);
    assert.match(stderr, /Cannot write runs\/full\/[\w.-]+: the file would be larger than it may be/);
    const step = stepOf("full");
    assert.match(stderr, `. The last good checkpoint is full, from step ${step}. Go on with: `);
    assert.match(stderr, `train --resume full --steps ${ENDLESS} --checkpoint-every 50 --log runs/full --log-every 1`);
    assert.ok(step > 100, `saved at step ${step}`);
    await trained(`--resume full --steps ${step + 5} --log runs/full`);
    const whole = Number(/the log is whole up to step (\d+)/.exec(stderr)![1]);
    const steps = jsonRows(at("runs/full")).map(([step]) => step);
    const [first, rest] = [Array.from({ length: whole }, (_, i) => i + 1), [1, 2, 3, 4, 5].map((more) => step + more)];
    assert.equal(
      steps.filter((at) => at <= whole || at > step),
      [...first, ...rest],
    );
    // Of the rows between these some may be there: then they are in all files.
    assert.equal(csvRows(at("runs/full")), jsonRows(at("runs/full")));
    const logged = scalarsOf(at("runs/full")).get("train/loss")!;
    assert.equal(
      logged.map(([step]) => step),
      steps,
    );
  },
);

refusals("no room for the model either: the message says both", async () => {
  const { status, stderr } = await alone(
    `train ${small} --steps ${ENDLESS} --out none --log runs/none --log-every 1`,
    "ulimit -f 16; ",
  );
  assert.is(status, 1);
  assert.match(stderr, /Cannot write runs\/none\/[\w.-]+: the file would be .*\. Cannot write none: the file would be/);
  assert.match(stderr, "Nothing has been saved yet: the first checkpoint is due after 500 steps");
  assert.not(existsSync(at("none")));
});
refusals.run();
