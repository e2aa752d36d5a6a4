/** What the worker must answer about recordings. Each check throws when it does not. */
import assert from "node:assert/strict";
import { clear, wavOf } from "../support/voice.ts";
import { request } from "./http.mjs";

async function ask(url, body, method = "POST") {
  const response = await request(`${url}/hear`, { method, ...(method === "POST" && { body }) });
  return { status: response.status, body: await response.json() };
}

export const hearChecks = {
  "hears a digit, also with silence around it": async (url) => {
    for (const seconds of [0, 1]) {
      const { status, body } = await ask(url, wavOf(clear.eight, seconds, seconds));
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal(body.digits, "eight");
      assert.ok(body.confidence > 0.9 && body.confidence < 1);
      assert.deepEqual(body.notes, []);
    }
    assert.equal((await ask(url, wavOf(clear.three))).body.digits, "three");
  },
  "refuses a recording that it is not sure of, and what is none": async (url) => {
    const backwards = wavOf(clear.three);
    const samples = new Int16Array(backwards.buffer, backwards.byteOffset + 44, (backwards.length - 44) / 2);
    samples.reverse();
    const unsure = await ask(url, backwards);
    assert.equal(unsure.status, 422, JSON.stringify(unsure.body));
    const cut = await ask(url, wavOf(clear.three).subarray(0, 1000));
    assert.equal(cut.status, 400);
    assert.match(cut.body.error, /was cut off/);
    assert.match((await ask(url, "ID3 and more")).body.error, /an MP3 file/);
    assert.match((await ask(url, "")).body.error, /is empty/);
  },
  "says what a request must be": async (url) => {
    assert.equal((await ask(url, undefined, "GET")).status, 405);
    assert.equal((await ask(url, new Uint8Array(3_000_001))).status, 413);
  },
};
