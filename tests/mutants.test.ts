/** The table of mutants: each can be made, and what must notice it is there. `npm run mutants` makes them. */
import { existsSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { files, type FileName } from "./mutants/files.js";
import { fastSuites } from "./mutants/mutant.js";
import { mutants } from "./mutants/table.js";

const root = new URL("../", import.meta.url);
const texts = new Map(
  Object.keys(files).map((name) => [name, readFileSync(new URL(files[name as FileName], root), "utf8")]),
);

const table = suite("the table of mutants");

table("every text is in its file once, and is changed", () => {
  for (const { id, file, before, after } of mutants) {
    assert.is(texts.get(file)!.split(before).length - 1, 1, `${id}: its text is in ${files[file]}`);
    assert.is.not(before, after, id);
  }
});

table("every id is there once, and every file is used", () => {
  const ids = mutants.map(({ id }) => id);
  assert.equal([...new Set(ids)], ids);
  const used = new Set<string>(mutants.map(({ file }) => file));
  assert.equal(
    Object.keys(files).filter((name) => !used.has(name)),
    [],
  );
});

table("every suite is there", () => {
  for (const name of new Set([...fastSuites, ...mutants.flatMap(({ suites = [] }) => suites)])) {
    assert.ok(existsSync(new URL(`tests/${name}.test.ts`, root)), name);
  }
});

table("a mutant that nobody notices is in docs/mutants.md with its reason", () => {
  const text = readFileSync(new URL("docs/mutants.md", root), "utf8").replace(/\s+/g, " ");
  for (const { id, survives } of mutants) {
    if (survives !== undefined) assert.ok(text.includes(id) && text.includes(survives), id);
  }
});
table.run();
