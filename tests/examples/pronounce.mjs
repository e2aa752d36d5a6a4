/** What the worker must answer about words, and what it may weigh. Each check throws when it does not. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { request } from "./http.mjs";
import { bundleWorker } from "./workerd.mjs";

/** Bytes of code, wasm and models, gzipped. */
const MOST_BYTES = 1_200_000;

const ask = async (url, word) => {
  const response = await request(`${url}/pronounce?${new URLSearchParams({ word })}`);
  return { status: response.status, body: await response.json() };
};

export const pronounceChecks = {
  "says how a word is pronounced, and which letter each phoneme is from": async (url) => {
    const { status, body } = await ask(url, "Banana");
    assert.equal(status, 200);
    assert.deepEqual(body.phonemes, ["B", "AH", "N", "AE", "N", "AH"]);
    assert.equal(body.others.length, 2);
    assert.equal(body.lookedAt.length, 6);
  },
  "reads accents and letters it has never seen": async (url) => {
    assert.deepEqual((await ask(url, "bánàna")).body.phonemes, (await ask(url, "banana")).body.phonemes);
    assert.equal((await ask(url, "語")).status, 200);
  },
  "says when there is no word, or one too long": async (url) => {
    assert.equal((await ask(url, " ")).status, 400);
    assert.equal((await ask(url, "x".repeat(64))).status, 200);
    const { status, body } = await ask(url, "x".repeat(65));
    assert.equal(status, 413);
    assert.match(body.error, /64 letters/);
  },
};

/** The whole bundle as Wrangler would upload it. */
export async function checkWeight(folder) {
  process.chdir(folder);
  const modules = await bundleWorker(join(folder, "worker.js"));
  const bytes = modules.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
  return `${bytes.toLocaleString("en")} bytes gzipped`;
}
