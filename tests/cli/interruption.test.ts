import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadCheckpoint } from "../../bindings/load.js";
import { Random } from "../../bindings/common/random/philox.js";
import { invoke } from "../support/invoke.js";

const program = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
if (!existsSync(program)) throw new Error("There is no dist/cli.js; npm run build makes it");
const folder = mkdtempSync(join(tmpdir(), "tapehead-kill-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stderr: string;
}

/** Trains with these flags to the end; `onLine` sees each line, counted from 1, that the command prints. */
function train(flags: string, onLine: (child: ChildProcess, lines: number) => void = () => undefined): Promise<Ended> {
  const child = spawn(process.execPath, [program, "train", "--json", ...flags.split(" ")], { cwd: folder });
  let [stderr, lines] = ["", 0];
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    for (const character of text) if (character === "\n") onLine(child, ++lines);
  });
  return new Promise((resolve) => child.on("close", (code, signal) => resolve({ code, signal, stderr })));
}

const bytesOf = (file: string): Buffer => readFileSync(join(folder, file));
const leftovers = (file: string): string[] => readdirSync(folder).filter((name) => name.startsWith(`.${file}.`));

/** The step a file stands at; 0 if there is none yet. Throws for a file that is not whole. */
function stepOf(file: string): number {
  return existsSync(join(folder, file)) ? loadCheckpoint(bytesOf(file), { file }).training!.step : 0;
}

/** A command that starts a run, or goes on with it. */
const start = (file: string, fresh: string, every: number, steps: number): string =>
  `${stepOf(file) ? `--resume ${file}` : `${fresh} --out ${file}`} --checkpoint-every ${every} --steps ${steps}`;

/** Calls back at the next time that somebody begins to write this file; the returned function ends it. */
function onSave(file: string, call: () => void): () => void {
  let done = false;
  const watcher = watch(folder, (_, name) => {
    if (done || !name?.startsWith(`.${file}.`)) return;
    done = true;
    call();
  });
  return () => watcher.close();
}

const small = "--hidden 8 --slots 8 --width 4 --max-length 3 --batch 4";
/** Four megabytes of parameters and state, so that saving takes a while. */
const large = "--hidden 250 --slots 8 --width 4 --max-length 1 --batch 1";

/** More steps than there can be before a signal comes. */
const ENDLESS = 1_000_000;

/** Goes on with a file for a few steps, and compares it with one of a run that was never stopped. */
async function expectWhole(file: string, fresh: string): Promise<void> {
  const steps = stepOf(file) + 3;
  for (const each of [file, `whole-${file}`]) {
    const words = ["train", "--json", ...start(each, fresh, 50, steps).split(" ")];
    const { code, stderr } = await invoke(program, { words, folder, env: process.env, stdin: "" });
    assert.is(code, 0, stderr);
  }
  assert.equal(bytesOf(file), bytesOf(`whole-${file}`));
}

const killing = suite("kill -9");

killing("at any moment: the file is whole, and going on gives the bytes of a run never stopped", async () => {
  const random = new Random(5);
  const stood: number[] = [0];
  for (let kill = 0; kill < 5; ++kill) {
    // The command prints a line a step, and one a save.
    const moment = random.integer(1, 30);
    const flags = start("killed", small, random.integer(1, 3), ENDLESS);
    const { signal } = await train(flags, (child, lines) => void (lines === moment && child.kill("SIGKILL")));
    assert.is(signal, "SIGKILL");
    stood.push(stepOf("killed"));
  }
  assert.equal(
    stood,
    stood.slice().sort((a, b) => a - b),
  );
  assert.ok(stood.at(-1)! > 0, `killed at ${stood}`);
  await expectWhole("killed", small);
});

killing("while it saves: the last good file stays", async () => {
  const random = new Random(6);
  let cut = 0;
  // Again until a kill has come while a file was written.
  for (let kill = 0; kill < 3 || (!cut && kill < 100); ++kill) {
    const before = stepOf("saving");
    const delay = random.integer(0, 12);
    let end: (() => void) | undefined;
    const { signal } = await train(start("saving", large, 1, ENDLESS), (child, lines) => {
      if (lines === 2) end = onSave("saving", () => setTimeout(() => child.kill("SIGKILL"), delay));
    });
    end?.();
    const left = leftovers("saving");
    cut += left.length;
    for (const name of left) rmSync(join(folder, name));
    assert.is(signal, "SIGKILL");
    assert.ok(stepOf("saving") >= before);
  }
  assert.ok(cut > 0, "no kill came while a file was written");
  await expectWhole("saving", large);
});
killing.run();

const signals = suite("Ctrl-C and SIGTERM");

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  signals(`${signal} while it saves: that is finished first, and going on gives the same bytes`, async () => {
    const file = `polite-${signal}`;
    let end: (() => void) | undefined;
    const { code, stderr } = await train(start(file, large, 1, ENDLESS), (child, lines) => {
      if (lines === 2) end = onSave(file, () => child.kill(signal));
    });
    end?.();
    assert.is(code, 130, stderr);
    assert.equal(leftovers(file), []);
    await expectWhole(file, large);
  });
}

signals("Ctrl-C twice ends it at once, and the last good file stays", async () => {
  const file = "twice";
  await train(start(file, large, 1, 2));
  const before = bytesOf(file);
  // The second is to come while the save is made that the first asked for; again until it does.
  for (let tries = 1; ; ++tries) {
    let end: (() => void) | undefined;
    const { code, signal } = await train(start(file, large, ENDLESS, ENDLESS), (child, lines) => {
      if (lines !== 2) return;
      end = onSave(file, () => child.kill("SIGINT"));
      child.kill("SIGINT");
    });
    end?.();
    if (code === 130 && tries < 100) {
      writeFileSync(join(folder, file), before);
      continue;
    }
    assert.is(code, null);
    assert.is(signal, "SIGINT");
    break;
  }
  assert.equal(bytesOf(file), before);
  await expectWhole(file, large);
});

signals("what a killed process left is removed once it is old and nobody's", async () => {
  const names = [".tidy.999999999.tmp", ".tidy.999999998.tmp", `.tidy.${process.pid}.tmp`, ".tidy.x.tmp"];
  for (const name of names) writeFileSync(join(folder, name), "part of a file");
  const old = new Date(Date.now() - 3_600_000);
  for (const name of names) if (!name.includes("998")) utimesSync(join(folder, name), old, old);
  assert.is((await train(`${small} --steps 2 --out tidy`)).code, 0);
  assert.equal(leftovers("tidy").sort(), names.slice(1).sort());
});
signals.run();
