/** Prints what users' bundles of the packed package come to: a row for each set of imports in the budget. */
import { bundle } from "../tests/support/bundle.js";
import { entrySets } from "../tests/support/entrySets.js";
import { installPacked } from "../tests/support/packed.js";

const { folder, files, size, unpackedSize, remove } = await installPacked();
const count = (value: number): string => value.toLocaleString("en");
console.log("| imports | minified bytes | gzipped | budget |");
console.log("| --- | ---: | ---: | ---: |");
for (const { name, code, conditions, most } of entrySets) {
  const { bytes, gzipped } = await bundle(folder, code, { conditions });
  console.log(`| ${name} | ${count(bytes)} | ${count(gzipped)} | ${count(most)} |`);
}
console.log(`\nThe tarball has ${count(size)} bytes; ${files.length} files, ${count(unpackedSize)} bytes.`);
await remove();
