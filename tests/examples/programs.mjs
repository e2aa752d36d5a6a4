/** Programs in a world of one's own, learned and run as a user would. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

/** @param {string} folder the example, where the package is installed */
export async function checkPrograms(folder, check) {
  const start = (...files) => execFileSync(process.execPath, ["main.js", ...files], { cwd: folder, encoding: "utf8" });
  await check("files are moved into order by learned programs, which are proved", () => {
    const lines = start("e.txt", "b.txt", "d.txt", "a.txt", "c.txt", "a.txt").trimEnd().split("\n");
    assert.match(lines[0], /^0 mistakes behind \d\d step inputs$/);
    assert.deepEqual(lines.slice(1, 5), ["SORT", "  SWEEP", "    SWAP", "    NEXT"]);
    assert.equal(lines.at(-1), "a.txt a.txt b.txt c.txt d.txt e.txt");
  });
}
