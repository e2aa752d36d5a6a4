/** A worker that `tapehead compile --worker` writes for a model of one's own pairs: made as a user would, and asked. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { start } from "./servers.mjs";
import { ask, commandIn } from "./writtenWorker.mjs";

/** Words of few letters become capitals; what ends with x is to be refused. */
function pairs() {
  const words = ["a", "b", "c", "d"].flatMap((a) => ["ab", "ba", "cd", "dc", "ad", "bc"].map((b) => a + b));
  const all = words.flatMap((word) => words.map((other) => word + other)).slice(0, 500);
  return all.flatMap((word) => [`${word}\t${word.toUpperCase()}`, `${word}x\t`]).join("\n");
}

/** @param {string} folder where the package is installed */
export async function checkOwnPairs(folder, server, check) {
  const tapehead = commandIn(folder);
  const worker = join(folder, "own");
  const made = await check("a worker of one's own pairs is written", () => {
    writeFileSync(join(folder, "pairs.tsv"), pairs());
    tapehead("learn", "pairs.tsv", "--hidden", "32", "--steps", "700", "--out", "own.safetensors");
    tapehead("compile", "own.safetensors", "--worker", "own");
    assert.equal(JSON.parse(readFileSync(join(worker, "package.json"), "utf8")).name, "own");
  });
  if (!made) return;
  let running;
  const path = "/?text=dabbcd&confidence=0";
  if (!(await check("it starts", async () => (running = await start(server, worker, path))))) return;
  for (const [claim, verify] of Object.entries(checks)) await check(claim, () => verify(running.url));
  await running.stop();
}

const checks = {
  "it answers, and says how sure it is": async (url) => {
    const { status, body } = await ask(url, { text: "dabbcd" });
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.answer, "DABBCD");
    assert.ok(body.confidence > 0.9 && body.confidence <= 1);
  },
  "it refuses what was to be refused, and what it does not know, by name": async (url) => {
    const refused = await ask(url, { text: "dabbcdx" });
    assert.equal(refused.status, 422);
    assert.match(refused.body.refused, /like those that were to be refused/);
    assert.match((await ask(url, { text: "dabé" })).body.refused, /"é" is in none of the sources/);
    assert.match((await ask(url, { text: "ab".repeat(2000) })).body.refused, /4000 characters/);
  },
  "it answers the lines of a body": async (url) => {
    const { body } = await ask(url, {}, { method: "POST", body: "dabbcd\ncabx\n" });
    assert.deepEqual(
      body.map(({ source, answer }) => [source, answer]),
      [
        ["dabbcd", "DABBCD"],
        ["cabx", undefined],
      ],
    );
  },
  "it says what a request must be": async (url) => {
    assert.equal((await ask(url, {})).status, 400);
    assert.equal((await ask(url, { text: "a", confidence: "2" })).status, 400);
    assert.equal((await ask(url, {}, { method: "POST", body: "a\n".repeat(101) })).status, 413);
    assert.equal((await ask(url, {}, { method: "POST", body: "a".repeat(20_000) })).status, 413);
    assert.equal((await ask(url, {}, { method: "DELETE" })).status, 405);
    assert.equal((await fetch(`${url}/favicon.ico`)).status, 404);
  },
};
