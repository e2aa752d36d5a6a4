/**
 * A long fuzz run: `npm run fuzz -- [--cases 20000] [--seed N] [--area NAME] [--only PROPERTY] [--path PATH]`.
 * So many cases an area, divided among its properties; costly ones get fewer. Ends with one line that sums it up.
 */
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { areas } from "./areas.js";
import { check } from "./property.js";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "20000" },
    seed: { type: "string", default: String(Date.now() & 0x7fff_ffff) },
    area: { type: "string" },
    only: { type: "string" },
    path: { type: "string" },
  },
});
const wanted = Number(values.cases);
const seed = Number(values.seed);
if (!Number.isInteger(wanted) || wanted < 1 || !Number.isInteger(seed)) {
  console.error("--cases and --seed must be whole numbers");
  process.exit(2);
}

/** Seconds after which a case counts as hanging. */
const PATIENCE = 120;

// A case that hangs stops this thread, so another one watches; it says what hangs, and how to see it again.
const beat = new Int32Array(new SharedArrayBuffer(4));
const watch = `
  const { workerData: beat, parentPort } = require("node:worker_threads");
  let what = "", last = -1, since = Date.now();
  parentPort.on("message", (name) => (what = name));
  setInterval(() => {
    const now = Atomics.load(beat, 0);
    if (now !== last) [last, since] = [now, Date.now()];
    else if (Date.now() - since > ${PATIENCE * 1000}) {
      require("node:fs").writeSync(2, "A case hangs: " + what + ", case " + now + "\\n");
      process.kill(process.pid, "SIGKILL");
    }
  }, 1000);`;
const watcher = new Worker(watch, { eval: true, workerData: beat });
watcher.unref();

let [total, failures] = [0, 0];
const begin = performance.now();
for (const [area, properties] of Object.entries(areas)) {
  if (values.area !== undefined && values.area !== area) continue;
  const share = properties.reduce((sum, { cost }) => sum + 1 / cost, 0);
  let [count, slowest, before] = [0, 0, performance.now()];
  const from = before;
  const failed: string[] = [];
  for (const each of properties) {
    if (values.only !== undefined && values.only !== each.name) continue;
    const cases = values.path === undefined ? Math.ceil(wanted / each.cost / share) : 1;
    watcher.postMessage(`${each.name}, seed ${seed}`);
    Atomics.store(beat, 0, 0);
    before = performance.now();
    const onCase = (): void => {
      const now = performance.now();
      [slowest, before] = [Math.max(slowest, now - before), now];
      Atomics.add(beat, 0, 1);
      ++count;
    };
    const wrong = await check(each, { seed, cases, path: values.path, onCase });
    if (wrong) failed.push(wrong);
    const seconds = ((performance.now() - from) / 1000).toFixed(0);
    console.log(`  ${each.name}: ${cases} cases, ${wrong ? "FAILED" : "fine"}, ${seconds} s so far`);
  }
  const seconds = ((performance.now() - from) / 1000).toFixed(0);
  const slow = `slowest ${slowest.toFixed(0)} ms`;
  if (count) console.log(`${area}: ${count} cases in ${seconds} s, ${failed.length} properties failed, ${slow}`);
  for (const wrong of failed) console.log(`\n${wrong}\n`);
  total += count;
  failures += failed.length;
}
const seconds = ((performance.now() - begin) / 1000).toFixed(0);
if (!total) {
  const names = Object.keys(areas).map((name) => `"${name}"`);
  console.error(`Nothing matches. The areas are ${names.join(", ")}; npm run fuzz names their properties`);
  process.exitCode = 1;
}
console.log(`fuzz: ${total} cases in ${seconds} s with seed ${seed}, ${failures} properties failed`);
process.exitCode = failures || !total ? 1 : 0;
