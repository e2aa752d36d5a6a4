import { existsSync, readdirSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const examples = suite("examples");
const folder = new URL("../../examples/", import.meta.url);
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const read = (path: string): string => readFileSync(new URL(path, folder), "utf8");

examples("those that serve share their code, and each has all of it", () => {
  const servers = names.filter((name) => existsSync(new URL(`${name}/answer.js`, folder)));
  assert.is(servers.length, 5);
  for (const file of ["answer.js", "copying.js"]) {
    for (const name of servers) assert.is(read(`${name}/${file}`), read(`node-server/${file}`), `${name}/${file}`);
  }
});

for (const name of names) {
  examples(`${name} says how it is run, and needs nothing but Tapehead`, () => {
    const { scripts, dependencies, devDependencies } = JSON.parse(read(`${name}/package.json`));
    const { version, peerDependencies } = JSON.parse(read("../package.json")) as Record<string, never>;
    const { tapehead, ...others } = dependencies;
    assert.is(tapehead, `^${version}`);
    const peers = name === "sweeps" ? Object.keys(peerDependencies!) : [];
    assert.equal(Object.keys(others), peers);
    assert.is(devDependencies, undefined);
    assert.ok(scripts.start);
    assert.match(read(`${name}/README.md`), /```sh\n.*install\n.*\n```/);
  });
}

examples.run();
