import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { experiments } from "../recipes/suites.js";
import { generatedPages, root } from "../reproduce/generated.js";
import { pages } from "../reproduce/pages/index.js";

const generated = suite("generated pages");
const made = generatedPages();

generated("there is one of every page, of checkpoints/ and README", () => {
  const results = Object.keys(pages).map((name) => `docs/results/${name}.md`);
  assert.equal(
    Object.keys(made).sort(),
    [...results, "README.md", "checkpoints/README.md", "checkpoints/index.json"].sort(),
  );
});

generated("README shows all results there are, and checkpoints/README which of its files the package has", () => {
  const { files } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as { files: string[] };
  const [, sentence] = /^(The package has [^]*?)\nMade by/m.exec(made["checkpoints/README.md"]!)!;
  for (const { checkpoint } of experiments.filter((one) => one.checkpoint)) {
    assert.is(sentence!.includes(`\`${checkpoint}\``), files.includes(`checkpoints/${checkpoint}`), checkpoint);
  }
  for (const { readme } of Object.values(pages)) assert.match(made["README.md"]!, `<!-- ${readme!.block}:begin -->`);
});

generated.run();
