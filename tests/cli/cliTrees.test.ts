/** The command line with a memory that is a tree: what it answers, which leaves it went to, and what it refuses. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { save } from "../../bindings/checkpoint/checkpoint.js";
import { HierarchicalAttentiveMemory } from "../../bindings/models.js";
import { treeTask, type TreeTaskOptions } from "../../bindings/tasks.js";
import { readTree, TREE_TEXTS } from "../../cli/treeReading.js";
import { commandLine, linesOf } from "../support/cli.js";
import { thrownBy } from "../support/thrown.js";

const { folder, tapehead } = commandLine();
const STACK = fileURLToPath(new URL("../../checkpoints/stack-tree.safetensors", import.meta.url));
const SEARCH = fileURLToPath(new URL("../../checkpoints/search-tree.safetensors", import.meta.url));
const taskOf = (problem: TreeTaskOptions["problem"]): Required<TreeTaskOptions> =>
  treeTask({ problem: problem! }).options as Required<TreeTaskOptions>;

const trees = suite("command line: trees");

trees("run: a stack of values, also of more than in training", async () => {
  const text = "push 5 push 7 pop push 1000 pop pop";
  const { code, stdout, stderr } = await tapehead(`run ${STACK} ${text} --json`);
  assert.is(code, 0, stderr);
  const { output, expected, leaves, searches, joins } = linesOf(stdout)[0] as unknown as Record<string, unknown>;
  assert.is(output, "7 1000 5");
  assert.is(expected, output);
  assert.is((leaves as number[]).length, 6);
  assert.is(searches, 6 * 5);
  assert.is(joins, 6 * 5);
  const values = Array.from({ length: 60 }, (_, i) => (i * 37) % 1024);
  const many = [...values.map((value) => `push ${value}`), ...values.map(() => "pop")].join(" ");
  const { stdout: more } = await tapehead(`run ${STACK} ${many} --json`);
  assert.is((linesOf(more)[0] as unknown as { output: string }).output, values.toReversed().join(" "));
});

trees("run: the first value of a key, of more entries than in training", async () => {
  const entries = Array.from({ length: 100 }, (_, i) => `${Math.floor(i / 4)}:${(i * 7) % 32}`);
  for (const key of [0, 3, 11, 24]) {
    const { code, stdout, stderr } = await tapehead(`run ${SEARCH} ${entries.join(" ")} ? ${key} --json`);
    assert.is(code, 0, stderr);
    const { output, expected, searches } = linesOf(stdout)[0] as unknown as Record<string, unknown>;
    assert.is(expected, String((28 * key) % 32));
    assert.is(output, expected);
    assert.is(searches, 2 * 7);
  }
});

trees("run: says where it went, and when it is wrong", async () => {
  const { stdout } = await tapehead(`run ${STACK} push 5 pop`);
  assert.match(stdout, /^leaves: \d+ \d+\n5, in 2 steps\.\n$/);
  const task = treeTask({ problem: "sort", bits: 4 });
  const { inputSize, outputSize } = task;
  const file = join(folder, "fresh.safetensors");
  writeFileSync(file, save(new HierarchicalAttentiveMemory({ inputSize, outputSize }), { task }));
  const { stdout: wrong } = await tapehead(`run ${file} 3:1 1:2`);
  assert.match(wrong, /The model is wrong: it is 1:2 3:1\./);
});

trees("every problem's text is understood, and its answer known", () => {
  const expected = {
    reverse: "3 17 5",
    search: "9",
    merge: "4 7 2",
    sort: "2:7 3:1 3:0",
    add: "14",
    stack: "7 5",
    queue: "5 7",
    "priority-queue": "7 5",
  } as const;
  for (const [problem, text] of Object.entries(TREE_TEXTS) as [keyof typeof expected, string][]) {
    assert.is(readTree(text, taskOf(problem)).expected, expected[problem], problem);
  }
});

trees("what cannot be read is refused, with what can", async () => {
  const said = (problem: TreeTaskOptions["problem"], text: string): string =>
    thrownBy(() => readTree(text, taskOf(problem))).message;
  assert.match(said("stack", ""), /nothing to put into the tree: write it as "push 5/);
  assert.match(said("stack", "pop"), /nothing to pop at word 1/);
  assert.match(said("stack", "push 5 peek"), /"peek" is neither push with a number nor pop/);
  assert.match(said("stack", "push"), /"push" is neither/);
  assert.match(said("queue", "push 1024"), /"1024" is no whole number from 0 to 1023/);
  assert.match(said("priority-queue", "push 1:2 push 2:2"), /Two have the priority 2/);
  assert.match(said("sort", "3"), /"3" is no pair/);
  assert.match(said("search", "2:1 1:1 ? 2"), /The keys are not in order/);
  assert.match(said("search", "1:1 2:1 ? 3"), /No pair has the key 3/);
  assert.match(said("search", "1:1 2:1"), /does not end with \? and a key/);
  assert.match(said("merge", "1:1 2:1"), /has no \| between/);
  assert.match(said("add", "1 - 1"), /is no sum/);
  const bare = join(folder, "bare.safetensors");
  writeFileSync(bare, save(new HierarchicalAttentiveMemory({ inputSize: 3, outputSize: 2 })));
  const { code, stderr } = await tapehead(`run ${bare} push 5`);
  assert.is(code, 2);
  assert.match(stderr, /does not say what its tree is for/);
});

trees("trace: a page with the tree and every access, without a script", async () => {
  const out = join(folder, "page.html");
  const { code, stderr } = await tapehead(`trace ${STACK} push 5 push 7 pop pop --out ${out}`);
  assert.is(code, 0, stderr);
  const html = readFileSync(out, "utf8");
  assert.match(html, /<p class="verdict right">right<\/p>/);
  assert.is([...html.matchAll(/class="access"/g)].length, 4);
  assert.is([...html.matchAll(/class="branch/g)].length, 2 + 4 + 8 + 16 + 32);
  assert.not.match(html, /<script/);
  const { code: refused, stderr: why } = await tapehead(`trace ${STACK} --seed 3`);
  assert.is(refused, 2);
  assert.match(why, /write it instead of --seed/);
});

trees.run();
