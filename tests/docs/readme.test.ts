import { existsSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commandLine } from "../support/cli.js";
import { examplesOf, replaced, runExample } from "../support/example.js";

const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");
const checkpoint = (name: string): Buffer => readFileSync(new URL(`checkpoints/${name}`, root));
const [edge] = examplesOf(readme, "js");
const [page] = examplesOf(readme, "html");
const [research] = examplesOf(readme, "ts");
const [commands, line] = examplesOf(readme, "sh");

/** The elements of the example's page. */
interface Page {
  input: { oninput(event: { target: { value: string } }): void };
  output: { textContent: string };
}

interface Traced {
  outputs: { shape: number[] };
  trace: { readWeights: { shape: number[] } };
}

const examples = suite("README");

examples("has at most 150 lines", () => assert.ok(readme.trimEnd().split("\n").length <= 150));

examples("has no examples but those that run here", () => {
  const languages = [...readme.matchAll(/^```(\w+)$/gm)].map(([, language]) => language);
  assert.equal(languages, ["sh", "js", "html", "ts", "sh"]);
});

examples("its edge function answers requests with the compiled model that the command makes", async () => {
  const { folder, tapehead } = commandLine();
  const [, command] = /`npx tapehead (compile copy\.safetensors)`/.exec(readme)!;
  const compiled = await tapehead(
    `${command!.replace("copy", `${new URL("checkpoints/copy", root).pathname}`)} --out copy.tape`,
    { alone: true },
  );
  assert.is(compiled.code, 0, compiled.stderr);
  const code = replaced(edge!, 'import file from "./copy.tape";', 'const file = await readFile("copy.tape");');
  const { exports } = await runExample<{ default: { fetch(request: Request): Promise<Response> } }>(code, {
    files: { "copy.tape": readFileSync(`${folder}/copy.tape`) },
  });
  const bits = [1, 0, 1, 1, 0, 0, 1, 0];
  const rows = [[...bits, 0], [0, 0, 0, 0, 0, 0, 0, 0, 1], Array(9).fill(0)];
  const request = new Request("http://localhost", { method: "POST", body: JSON.stringify(rows) });
  const answer = await (await exports.default.fetch(request)).json();
  assert.equal((answer as number[][])[2], bits);
});

examples("its page says how the word in its input is pronounced", async () => {
  const [, code] = /<script type="module">\n([^]*?)<\/script>/.exec(page!)!;
  const before = `const elements = { input: {}, output: {} };
    const document = { querySelector: (name) => elements[name] };
    const fetch = async (name) => new Response(await readFile(name));`;
  const name = "pronunciation-small.safetensors";
  const { exports } = await runExample<{ elements: Page }>(code!, {
    before,
    after: "export { elements };",
    files: { [name]: checkpoint(name) },
  });
  const { input, output } = exports.elements;
  input.oninput({ target: { value: "tapehead" } });
  assert.match(code!, `// "tapehead" → "${output.textContent}"`);
});

examples("its training runs as it stands, but for the patience", async () => {
  const before = `const inputs = [[1, 0, 1, 1, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 0, 0, 0, 0]];`;
  const after = "export { outputs, trace };";
  const { exports, read } = await runExample<Traced>(replaced(research!, "20_000", "3"), { before, after });
  assert.equal(exports.outputs.shape, [3, 8]);
  assert.equal(exports.trace.readWeights.shape, [3, 1, 128]);
  const { load, NeuralTuringMachine } = await import(new URL("dist/index.js", root).href);
  assert.instance(load(read("copy.safetensors")), NeuralTuringMachine);
});

examples("its commands of the shipped models print what is beside them", async () => {
  const { tapehead } = commandLine();
  const shown = [...line!.matchAll(/^npx tapehead ((?:date|pronounce) [^#]*?) +# (.*)$/gm)];
  assert.is(shown.length, 2);
  for (const [, command, printed] of shown) {
    const { code, stdout } = await tapehead(command!.replaceAll('"', "'"), { alone: true });
    assert.is(code, 0, command);
    assert.is(stdout.trim(), printed, command);
  }
});

examples("its other commands exist", async () => {
  const { scripts } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  const run = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name!);
  assert.match(commands!, "npm ci && npm test");
  assert.match(commands!, /^npm start/m);
  for (const name of [...run, "start", "test"]) assert.ok(scripts[name], `npm run ${name}`);
  const { tapehead } = commandLine();
  const { stdout } = await tapehead("--help");
  for (const [, name] of readme.matchAll(/npx tapehead (\w+)/g)) assert.match(stdout, `\n  ${name} `);
});

examples("its links lead somewhere", () => {
  for (const [, path] of readme.matchAll(/\]\((?!https?:)([^)]+)\)/g))
    assert.ok(existsSync(new URL(path!, root)), path);
});

examples("its picture is of at most 150 kB", () => {
  const [, path] = /^!\[.*\]\((.*)\)$/m.exec(readme)!;
  assert.ok(readFileSync(new URL(path!, root)).length <= 150_000);
});

examples.run();
