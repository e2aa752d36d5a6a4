import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const examples = suite("README");
/** In the project, so that "tapehead" is this package, and where no other check looks. */
const home = fileURLToPath(new URL("../../build/", import.meta.url));

examples("its first example runs as it stands, but for the patience", async () => {
  const [, code] = /```ts\n(import .*? from "tapehead";[^]*?)```/.exec(readme)!;
  assert.match(code!, "20_000");
  const folder = mkdtempSync(join(home, "readme-"));
  try {
    const file = join(folder, "example.mjs");
    const setting = `const inputs = [[1, 0, 1, 1, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0]];
      import { writeFile as write } from "node:fs/promises";
      const writeFile = (name, bytes) => write(new URL(name, import.meta.url), bytes);\n`;
    const impatient = code!.replace("20_000", "3").replace(/^await writeFile.*$/m, "$&\nexport { engine, model };");
    writeFileSync(file, `${setting}${impatient}\nexport { outputs, trace };`);
    const { outputs, trace } = await import(pathToFileURL(file).href);
    assert.equal(outputs.shape, [3, 8]);
    assert.equal(trace.readWeights.shape, [3, 1, 128]);
    const { load, NeuralTuringMachine } = await import(new URL("../../dist/index.js", import.meta.url).href);
    assert.instance(load(readFileSync(join(folder, "copy.safetensors"))), NeuralTuringMachine);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

examples("its second example runs as it stands, but for the patience", async () => {
  const [, code] = /```ts\n(import [^`]*?"tapehead\/models"[^]*?)```/.exec(readme)!;
  const folder = mkdtempSync(join(home, "readme-"));
  try {
    const file = join(folder, "example.mjs");
    const [impatient, last] = [code!.replace("50_000", "2"), "export let last;\n"];
    assert.not.equal(impatient, code);
    writeFileSync(
      file,
      last + impatient.replace(/(for await .*\{\n)/, "$1  last = { step, sequenceError, ponder };\n"),
    );
    const { last: seen } = (await import(pathToFileURL(file).href)) as { last: Record<string, number> };
    assert.is(seen["step"], 2);
    assert.is(seen["ponder"], 2);
    assert.ok(seen["sequenceError"]! > 0.2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

examples("its third example says what it says it does", async () => {
  const [, code] = /```ts\n(import [^`]*?"tapehead\/full"[^]*?)```/.exec(readme)!;
  const folder = mkdtempSync(join(home, "readme-"));
  try {
    const file = join(folder, "example.mjs");
    const checkpoint = JSON.stringify(
      fileURLToPath(new URL("../../checkpoints/pronunciation-small.safetensors", import.meta.url)),
    );
    const silent = code!
      .replace('readFile("pronunciation-small.safetensors")', `readFile(${checkpoint})`)
      .replace("console.log(phoneme)", "said.push(phoneme)");
    const setting = 'import { readFile } from "node:fs/promises";\nexport const said = [];\n';
    writeFileSync(file, `${setting}${silent}\nexport { symbols, attention };`);
    const { said, symbols, attention } = (await import(pathToFileURL(file).href)) as Record<string, string[]>;
    assert.equal(symbols, ["T", "EY", "P", "HH", "EH", "D"]);
    assert.equal(said, symbols);
    assert.is(attention!.length, 7);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

examples("its commands exist", () => {
  const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
  assert.ok(named.length > 1);
  for (const name of [...named, "start", "test"]) assert.ok(scripts[name], `npm run ${name}`);
});

examples("its links lead somewhere", () => {
  for (const [, path] of readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
    assert.ok(existsSync(new URL(`../../${path}`, import.meta.url)), path);
  }
});

examples.run();
