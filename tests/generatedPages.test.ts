import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { systems } from "../bindings/systems/declarations.js";
import { experiments } from "../recipes/suites.js";
import { generatedPages, root } from "../reproduce/generated.js";
import { pages } from "../reproduce/pages/index.js";

const generated = suite("generated pages");
const made = generatedPages();

generated("there is one of every page, of their index, of checkpoints/ and README", () => {
  const results = Object.keys(pages).map((name) => `docs/results/${name}.md`);
  // Beside them are the pictures that they show.
  const pictures = Object.keys(made).filter((path) => path.endsWith(".svg"));
  for (const path of pictures) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    assert.ok(
      results.some((page) => made[page]!.includes(`](${name})`)),
      `${name} is on a page`,
    );
  }
  assert.equal(
    Object.keys(made)
      .filter((path) => !pictures.includes(path))
      .sort(),
    [...results, "docs/results/README.md", "README.md", "checkpoints/README.md", "checkpoints/index.json"].sort(),
  );
});

generated("the index has every page; checkpoints/README says which of its files the package has", () => {
  const { files } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as { files: string[] };
  const [, sentence] = /^(The package has [^]*?)\nMade by/m.exec(made["checkpoints/README.md"]!)!;
  for (const { checkpoint } of experiments.filter((one) => one.checkpoint)) {
    assert.is(sentence!.includes(`\`${checkpoint}\``), files.includes(`checkpoints/${checkpoint}`), checkpoint);
  }
  for (const name of Object.keys(pages)) assert.match(made["docs/results/README.md"]!, `](${name}.md)\n\n`);
});

generated("README's table has a row for each system, once", () => {
  const [, rows] = made["README.md"]!.split(/<!-- systems:(?:begin|end) -->/);
  const named = [...rows!.matchAll(/^\| \[(\w+)\]/gm)].map(([, name]) => name);
  assert.equal(named.sort(), systems.map(({ model }) => model.className).sort());
});

generated.run();
