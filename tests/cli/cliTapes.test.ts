/** The command line with a machine whose heads go over tapes: what it writes, where its heads were, and what it refuses. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { ReinforcementLearningNTM } from "../../bindings/models.js";
import { tapeTask } from "../../bindings/tasks.js";
import { commandLine, linesOf } from "../support/cli.js";

const { folder, tapehead } = commandLine();
const COPY = fileURLToPath(new URL("../../checkpoints/tape-copy.safetensors", import.meta.url));
const small = { symbols: 8, hiddenSize: 4, memoryCells: 6, inputReach: 1, memoryReach: 1 };
const fresh = (file: string, task?: ReturnType<typeof tapeTask>): string => {
  const path = join(folder, file);
  writeFileSync(path, save(new ReinforcementLearningNTM(small), task ? { task } : {}));
  return path;
};

interface Read {
  readonly input: string;
  readonly output: string;
  readonly ended: boolean;
  readonly expected: string;
  readonly steps: readonly { readonly positions: Readonly<Record<string, number>>; readonly put: number | null }[];
}

const read = async (args: string): Promise<Read> => {
  const { code, stdout, stderr } = await tapehead(`run ${args} --json`);
  assert.is(code, 0, stderr);
  return linesOf(stdout)[0] as unknown as Read;
};

const tapes = suite("command line: tapes");
tapes("run: a text is copied, also one of twice the length of training", async () => {
  for (const text of ["a", "cab", "gfedcbaabcdefgab"]) {
    const { output, ended, steps } = await read(`${COPY} ${text}`);
    assert.is(output, text);
    assert.ok(ended);
    assert.is(steps.at(-1)!.put, 0);
    assert.is(steps[0]!.positions["input"], 0);
    assert.is(steps.filter(({ put }) => put !== null).length, text.length + 1);
  }
});

tapes("run: a step a line, with what each head sees or puts out", async () => {
  const { code, stdout } = await tapehead(`run ${COPY} c a b`);
  assert.is(code, 0);
  const lines = stdout.trimEnd().split("\n");
  assert.match(lines[0]!, /^step +input head +output head$/);
  assert.match(lines[1]!, /^ +1 +1 c [←·→] +1/);
  assert.match(lines.at(-1)!, /^cab → cab, in \d+ steps\.$/);
});

tapes("run: says when a machine comes to no end, or is wrong", async () => {
  const file = fresh("fresh.safetensors", tapeTask({ transformation: "reverse" }));
  const { ended, output, expected } = await read(`${file} abc`);
  assert.is(expected, "cba");
  const { stdout } = await tapehead(`run ${file} abc`);
  assert.is(/came to no end, so this is no answer/.test(stdout), !ended);
  assert.is(/The model is wrong: it is cba\./.test(stdout), output !== "cba");
});

tapes("run and trace: say what they did not understand", async () => {
  const refusals: [string, RegExp][] = [
    [`run ${COPY} cax`, /"x" is no symbol of this machine, which knows symbols from a to g/],
    [`run ${COPY} C`, /"C" is no symbol/],
    [`run ${fresh("repeat.safetensors", tapeTask({ transformation: "repeat-copy" }))} ab`, /how often/],
    [`run ${fresh("none.safetensors")} ab`, /does not say what its machine does with a tape/],
    [`trace ${COPY} --seed 3`, /write it instead of --seed/],
    [`trace ${COPY} 7`, /"7" is no symbol/],
  ];
  for (const [args, message] of refusals) {
    const { code, stderr } = await tapehead(args);
    assert.is(code, 2, args);
    assert.match(stderr, message);
  }
});

tapes("trace: a page with the way of each head, and without a script", async () => {
  const out = join(folder, "page.html");
  const { code, stderr } = await tapehead(`trace ${COPY} cab --out ${out}`);
  assert.is(code, 0, stderr);
  const html = readFileSync(out, "utf8");
  assert.match(html, /<p class="verdict right">right<\/p>/);
  assert.equal(
    [...html.matchAll(/<h2>(\w+)<\/h2>/g)].map(([, title]) => title),
    ["Input", "Output"],
  );
  assert.is([...html.matchAll(/class="way"/g)].length, 2);
  assert.not.match(html, /<script/);
  const memory = fresh("memory.safetensors", tapeTask({ transformation: "reverse" }));
  await tapehead(`trace ${memory} cab --out ${out}`);
  assert.match(readFileSync(out, "utf8"), /<h2>Memory<\/h2>/);
});
tapes.run();
