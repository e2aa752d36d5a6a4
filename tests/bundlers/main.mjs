/** Runs under a Node that knows TypeScript and runs miniflare; tests/bundlers/run.mjs finds one. */
import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { installPacked } from "../support/packed.ts";
import { browsers, outcomeIn } from "./browsers.mjs";
import { pages, plainWorker, unbundled, workers } from "./builds.mjs";
import { check, report, skip } from "./checks.mjs";
import { runScript } from "./hosts.mjs";
import { builtFiles, makeProject, sizeOf } from "./project.mjs";
import { answerOf } from "./workerd.mjs";

const installed = await installPacked();
await cp(new URL("samples/work.js", import.meta.url), join(installed.folder, "work.js"));
const { work } = await import(join(installed.folder, "work.js"));
const expected = await work();
console.log(`In Node: outputs ${expected.outputs.slice(0, 16)}…, weights ${expected.weights.slice(0, 16)}…`);

await check("training does something in the samples", () => {
  assert.ok(expected.lastLoss < expected.firstLoss);
  assert.equal(expected.model, "NeuralTuringMachine");
});

await check("publint has nothing to say", () =>
  runScript("publint/src/cli.js", ["--strict", installed.tarball]).then(() => {}),
);
await check("are the types wrong? no", () =>
  runScript("@arethetypeswrong/cli/dist/index.js", ["--profile", "esm-only", "--quiet", installed.tarball]).then(
    () => {},
  ),
);

/** What the library's code says only in parts that one model class does not need, and a piece of the binary. */
const embedded = (await import(join(installed.folder, "node_modules/tapehead/dist/tapehead.wasm.js"))).default;
const foreign = ["Training stopped at step", "copyTask", "safetensors", "wasm-unsafe-eval", embedded.text.slice(0, 60)];
for (const [bundler, build] of Object.entries(pages)) {
  await check(`${bundler} leaves out tasks, training, checkpoints and the binary for who takes one model`, async () => {
    const files = await builtFiles(await makeProject(installed, "shaken", build));
    const text = files.map(([, contents]) => contents.toString()).join("\n");
    assert.match(text, /NeuralTuringMachine/);
    for (const word of foreign) assert.ok(!text.includes(word), `"${word}" is in it`);
    return sizeOf(files);
  });
}

const built = {};
for (const [bundler, build] of Object.entries(pages)) {
  await check(`${bundler} builds a page without configuration`, async () => {
    built[bundler] = await makeProject(installed, "page", build);
    const files = await builtFiles(built[bundler]);
    const text = files.map(([, contents]) => contents.toString()).join("\n");
    for (const word of foreign) assert.ok(text.includes(word), `"${word}" is not in it`);
    return sizeOf(files);
  });
}

built["no bundler"] = await makeProject(installed, "page", unbundled);

const refuse = { "content-security-policy": "default-src 'self'; script-src 'self'" };
const allow = { "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" };
const folder = built.esbuild;

for (const [name, { executablePath, launch }] of Object.entries(browsers)) {
  const browserChecks = {
    ...Object.fromEntries(
      Object.entries(built).map(([bundler, page]) => [
        `the page of ${bundler} has the bits of Node`,
        async (browser) => assert.deepEqual(await outcomeIn(browser, page), expected),
      ]),
    ),
    "a Content-Security-Policy without 'wasm-unsafe-eval' gives the error that says so": async (browser) => {
      const { name, message } = await outcomeIn(browser, folder, { headers: refuse });
      assert.equal(name, "LoadError");
      assert.match(message, /add 'wasm-unsafe-eval' to script-src of its Content-Security-Policy/);
    },
    "… and with it all is well": async (browser) => {
      assert.deepEqual(await outcomeIn(browser, folder, { headers: allow }), expected);
    },
    "without WebAssembly there is an error that says so": async (browser) => {
      const { name, message } = await outcomeIn(browser, folder, { before: "delete globalThis.WebAssembly" });
      assert.equal(name, "LoadError");
      assert.match(message, /^This host has no WebAssembly/);
    },
  };
  if (!executablePath) {
    for (const about of Object.keys(browserChecks)) skip(`${name}: ${about}`, `there is no ${name}`);
    continue;
  }
  const browser = await launch(executablePath);
  for (const [about, test] of Object.entries(browserChecks)) {
    await check(`${name}: ${about}`, () => test(browser).then(() => {}));
  }
  await browser.close();
}

for (const [bundler, { build, main }] of Object.entries(workers)) {
  await check(`workerd: the worker of ${bundler} has the bits of Node`, async () => {
    const files = await builtFiles(await makeProject(installed, "worker", build));
    assert.deepEqual(await answerOf(files, main), expected);
    return sizeOf(files);
  });
}

await check("workerd: a worker built for elsewhere gives the error that names the fix", async () => {
  const files = await builtFiles(await makeProject(installed, "worker", plainWorker.build));
  const { name, message } = await answerOf(files, plainWorker.main);
  assert.equal(name, "LoadError");
  assert.match(message, /import tapehead\.wasm as a module and pass Engine\.create\(\{ module \}\)/);
});

await check("workerd: … and with the fix all is well", async () => {
  const files = await builtFiles(await makeProject(installed, "explicit", plainWorker.build));
  assert.deepEqual(await answerOf(files, plainWorker.main), expected);
});

await installed.remove();
process.exitCode = report() ? 0 : 1;
