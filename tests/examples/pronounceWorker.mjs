/** The worker that `tapehead compile --worker` writes for the small model of pronunciation, in int8: weighed, and asked. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { start } from "./servers.mjs";
import { bundleWorker } from "./workerd.mjs";
import { ask, commandIn } from "./writtenWorker.mjs";

/** Bytes of code, wasm and model, gzipped. */
const MOST_BYTES = 400_000;

/** @param {string} folder where the package is installed */
export async function checkPronounceWorker(folder, server, check) {
  const worker = join(folder, "pronouncer");
  const made = await check("a worker that pronounces is written", () => {
    const model = "node_modules/tapehead/checkpoints/pronunciation-small.safetensors";
    commandIn(folder)("compile", model, "--dtype", "int8", "--worker", "pronouncer");
  });
  if (!made) return;
  await check("it weighs at most 400 kB", () => weigh(worker));
  let running;
  if (!(await check("it starts", async () => (running = await start(server, worker, "/?text=hello"))))) return;
  for (const [claim, verify] of Object.entries(checks)) await check(claim, () => verify(running.url));
  await running.stop();
}

/** The whole bundle as Wrangler would upload it. */
async function weigh(worker) {
  process.chdir(worker);
  const modules = await bundleWorker(join(worker, "worker.js"));
  assert.deepEqual(modules.map(({ type }) => type).sort(), ["CompiledWasm", "Data", "ESModule"]);
  const bytes = modules.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
  return `${bytes.toLocaleString("en")} bytes gzipped`;
}

const checks = {
  "it pronounces, and says how sure it is": async (url) => {
    const { status, body } = await ask(url, { text: "banana" });
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.answer, "B AH N AE N AH");
    assert.ok(body.confidence > 0.5 && body.confidence < 1);
  },
  "it folds what surrounds a word, and says capitals by their letters": async (url) => {
    assert.equal((await ask(url, { text: "“Bánana!”" })).body.answer, "B AH N AE N AH");
    assert.equal((await ask(url, { text: "FBI" })).body.answer, "EH F B IY AY");
    assert.equal((await ask(url, { text: "cab", spell: "" })).body.answer, "S IY EY B IY");
    assert.notEqual((await ask(url, { text: "FBI", spell: "0" })).body.answer, "EH F B IY AY");
  },
  "it refuses what it cannot read, by name, or is not sure enough of": async (url) => {
    const number = await ask(url, { text: "24" });
    assert.equal(number.status, 422);
    assert.match(number.body.refused, /it is a number, which the option numbers reads out/);
    assert.equal((await ask(url, { text: "24", numbers: "" })).body.answer, "T W EH N T IY F AO R");
    assert.match((await ask(url, { text: "語" })).body.refused, /"語" is of no script that the model reads/);
    assert.match((await ask(url, { text: "zyzzyva", confidence: "0.99" })).body.refused, /must be in 99%/);
  },
  "it answers the words of a body": async (url) => {
    const { body } = await ask(url, {}, { method: "POST", body: "banana I’m\n7\n" });
    assert.deepEqual(
      body.map(({ source, answer }) => [source, answer]),
      [
        ["banana", "B AH N AE N AH"],
        ["I’m", "AY M"],
        ["7", undefined],
      ],
    );
  },
  "it says what a request must be": async (url) => {
    assert.equal((await ask(url, {})).status, 400);
    assert.equal((await ask(url, { text: "a", confidence: "2" })).status, 400);
    assert.equal((await ask(url, { text: "a", confidence: "" })).status, 400);
    assert.equal((await ask(url, {}, { method: "POST", body: "a ".repeat(101) })).status, 413);
    assert.equal((await ask(url, {}, { method: "DELETE" })).status, 405);
  },
};
