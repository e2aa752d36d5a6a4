/** What every server example must answer. Each check throws when it does not. */
import assert from "node:assert/strict";

const text = "Neural Turing Machines läuft überall ✓";
const json = async (response) => ({ status: response.status, body: await response.json() });
const post = (url, body) => request(url, { method: "POST", body });

/** Connections that may break before an answer comes. */
const MOST_BROKEN = 10;

/**
 * Again when the connection broke: a server may close one whose body it did not read to its end, while we still send it or
 * before we use it again.
 */
export async function request(url, init) {
  for (let broken = 1; ; ++broken) {
    try {
      return await fetch(url, init);
    } catch (error) {
      if (init?.signal?.aborted || broken === MOST_BROKEN) throw error;
    }
  }
}

/** By what is true. */
export const checks = {
  "copies a text in the address": async (url) => {
    const { status, body } = await json(await request(`${url}/?${new URLSearchParams({ text })}`));
    assert.equal(status, 200);
    assert.equal(body.output, text);
    assert.equal(body.wrongBits, 0);
  },
  "copies a text in a body": async (url) => {
    const { status, body } = await json(await post(url, text));
    assert.equal(status, 200);
    assert.equal(body.output, text);
  },
  "says what the heads did": async (url) => {
    const { body } = await json(await post(url, "hello"));
    assert.deepEqual(
      body.steps.map(({ phase }) => phase[0]).join(""),
      "iiiiidooooo", // input, delimiter, output
    );
    const wrote = body.steps.slice(0, 5).map((step) => step.wrote.slot);
    const read = body.steps.slice(6).map((step) => step.read.slot);
    assert.equal(new Set(wrote).size, 5, "every byte is written to a slot of its own");
    assert.equal(new Set(read).size, 5);
    for (const { wrote, read } of body.steps)
      for (const { weight } of [wrote, read]) assert.ok(weight > 0 && weight <= 1);
    assert.equal("readWeights" in body, false);
  },
  "traces all weights when asked": async (url) => {
    const { body } = await json(await post(`${url}/?trace`, "hello"));
    for (const weights of [body.writeWeights, body.readWeights]) {
      assert.equal(weights.length, 11);
      for (const row of weights) assert.ok(Math.abs(row.reduce((a, b) => a + b) - 1) < 0.01);
    }
  },
  "streams the copy": async (url) => {
    const response = await post(`${url}/stream`, text);
    assert.match(response.headers.get("content-type"), /^text\/plain/);
    assert.equal(await response.text(), text);
    assert.equal(await (await request(`${url}/stream?text=xyz`)).text(), "xyz");
  },
  "outlives a client that hangs up": async (url) => {
    for (let i = 0; i < 5; ++i) {
      const controller = new AbortController();
      const response = await request(`${url}/stream?${new URLSearchParams({ text })}`, { signal: controller.signal });
      await response.body.getReader().read();
      controller.abort();
    }
    assert.equal((await json(await post(url, text))).body.output, text);
  },
  "keeps requests apart": async (url) => {
    const texts = Array.from({ length: 24 }, (_, i) => `${i}: ${"abcdefghijklmnopqrstuvwxyz".slice(i)}`);
    const answers = await Promise.all(
      texts.map(async (each, i) =>
        i % 2 ? (await post(`${url}/stream`, each)).text() : (await json(await post(url, each))).body.output,
      ),
    );
    assert.deepEqual(answers, texts);
  },
  "answers the same twice": async (url) => {
    const [a, b] = [await (await post(`${url}/?trace`, text)).text(), await (await post(`${url}/?trace`, text)).text()];
    assert.equal(a, b);
  },
  "takes the longest text, and says when one is too long": async (url) => {
    const longest = await json(await post(url, "x".repeat(100)));
    assert.equal(longest.status, 200);
    assert.equal(longest.body.steps.length, 201);
    for (const length of [101, 1_000_000]) {
      const { status, body } = await json(await post(url, "x".repeat(length)));
      assert.equal(status, 413);
      assert.match(body.error, /100 bytes/);
    }
    assert.equal((await request(`${url}/?text=${"x".repeat(101)}`)).status, 413);
  },
  "says when there is no text": async (url) => {
    for (const response of [await request(url), await post(url, ""), await post(url), await request(`${url}/?text=`)]) {
      const { status, body } = await json(response);
      assert.equal(status, 400);
      assert.match(body.error, /no text/);
    }
  },
  "says which methods there are": async (url) => {
    for (const method of ["PUT", "DELETE"]) {
      const response = await request(url, { method });
      assert.equal(response.status, 405);
      assert.equal(response.headers.get("allow"), "GET, POST");
      assert.match((await response.json()).error, new RegExp(`${method}.*GET or POST`));
    }
  },
  "knows no other path": async (url) => {
    assert.equal((await request(`${url}/nothing?text=x`)).status, 404);
  },
};
