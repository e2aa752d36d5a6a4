/** The command line with a random-access machine: memories as people type them, and what is refused. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { ramTask } from "../../bindings/tasks.js";
import { commandLine, linesOf } from "../support/cli.js";
import { wiredMachine } from "../systems/wiredMachine.js";

const { folder, tapehead } = commandLine();
/** A machine of one register whose circuit increments the cell that it points at, and points at the next. */
const machine = wiredMachine({
  registers: 1,
  circuits: [
    { READ: ["r1"], INC: ["READ"], ADD: ["r1", "ONE"], WRITE: ["r1", "INC"], next: ["ADD"], when: () => true },
  ],
});
const FILE = join(folder, "increment.safetensors");
writeFileSync(FILE, save(machine, { task: ramTask({ algorithm: "increment" }) }));
const UNTOLD = join(folder, "untold.safetensors");
writeFileSync(UNTOLD, save(machine));

const machines = suite("command line: a random-access machine");
machines("run: the memory before and after, and the circuit of each step", async () => {
  const { code, stdout } = await tapehead(`run ${FILE} 1 10 3 8 0`);
  assert.is(code, 0);
  const lines = stdout.trimEnd().split("\n");
  assert.equal(lines.slice(1, 5), [
    "before   1 10  3  8  0  0  0  0  0  0  0  0",
    "after    2 11  4  9  1  1  0  0  0  0  0  0",
    "Right for increment.",
    "6 steps, of each circuit the most probable wires:",
  ]);
  assert.match(
    lines[5]!,
    /^ +1 {2}READ\(r1\) {2}ONE {2}INC\(READ\) {2}ADD\(r1, ONE\) {2}WRITE\(r1, INC\) {2}r1 := ADD {2}→ r1 = 1$/,
  );
  assert.is(lines.length, 11);
});

machines("run: discretised, and in a larger memory, as JSON", async () => {
  const { code, stdout } = await tapehead(`run ${FILE} [1,40,3] --discrete --cells 50 --steps 3 --json`);
  assert.is(code, 0);
  const [{ before, after, wrong, discrete, steps, trace }] = linesOf(stdout) as unknown as [Record<string, unknown[]>];
  assert.is(before!.length, 50);
  assert.equal(after!.slice(0, 4), [2, 41, 4, 0]);
  assert.equal(wrong, []);
  assert.equal([discrete, steps, trace!.length], [true, 3, 3]);
  const few = linesOf((await tapehead(`run ${FILE} 1 2 3 --discrete --steps 2 --json`)).stdout);
  assert.equal((few[0] as { wrong?: unknown }).wrong, [2], "a machine without steps enough is not right");
});

machines("run: without a task, any memory, and no verdict", async () => {
  const { code, stdout } = await tapehead(`run ${UNTOLD} 0 0 0 0 --steps 2`);
  assert.is(code, 0);
  assert.match(stdout, /^after {3}1 1 0 0$/m);
  assert.not.match(stdout, /Right|Wrong/);
});

for (const [args, message] of [
  ["1 x", /Number 2 of the memory is "x", and must be a whole number from 0 up/],
  ["-- -1 2", /Number 1 of the memory is "-1", and must be a whole number from 0 up/],
  ["1 40", /has the number 40, and of 12 cells each holds a number from 0 to 11: give it --cells 41 or more/],
  ["0 1 2", /The memory is none for increment: cell 0 is 0, and must be an element/],
  ["1 2 1 --cells 4", /there are 4 cells, and an array of 3 needs 6/],
  ["1 2 3 --cells 2", /must be a whole number from 3 up/],
  ["1 2 3 --piece 5", /--piece is for models that copy/],
] as const) {
  machines(`run refuses ${args}`, async () => {
    const { code, stderr } = await tapehead(`run ${FILE} ${args}`);
    assert.is(code, 2, stderr);
    assert.match(stderr, message);
  });
}

machines("trace: a page with each circuit once, and a table of memory and registers", async () => {
  const out = join(folder, "machine.html");
  const { code, stderr } = await tapehead(`trace ${FILE} 1 10 3 0 --out ${out}`);
  assert.is(code, 0, stderr);
  const page = readFileSync(out, "utf8");
  assert.is(page.match(/<svg class="circuit"/g)?.length, 1);
  assert.match(page, /<h3>Steps 1–5<\/h3>/);
  assert.is(page.match(/<tr>/g)?.length, 1 + 1 + 5);
  assert.match(page, /<p class="verdict right">right<\/p>/);
  const drawn = await tapehead(`trace ${FILE} --seed 2 --length 4 --out ${out} --json`);
  assert.equal((linesOf(drawn.stdout)[0] as { steps?: number }).steps, 6);
  const refused = await tapehead(`trace ${FILE} --beam 2`);
  assert.is(refused.code, 2);
  assert.match(refused.stderr, /give it a memory, or --seed and --length, instead of --beam/);
});

machines("compile: what a compiled machine answers is for code, and run says so", async () => {
  const tape = join(folder, "increment.tape");
  assert.is((await tapehead(`compile ${FILE} --out ${tape}`)).code, 0);
  const { code, stderr } = await tapehead(`run ${tape} 1 2 3`);
  assert.is(code, 2);
  assert.match(stderr, /in code, tapehead\/run calls its answer/);
});
machines.run();
