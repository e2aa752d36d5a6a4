import { readFile, readdir, writeFile } from "node:fs/promises";

const BLOCK = /^( *)static \{\n *this\.(\w+) = ("[^"\n]*");\n *\}$/gm;

/**
 * Makes static fields of texts fields again in a folder's library. Where fields of objects are assigned, not defined, which
 * is shorter, esbuild makes static ones blocks, too, and bundlers keep a class with a block although nobody uses it. Lines
 * keep their numbers, for source maps.
 */
export async function restoreStaticFields(folder) {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".js"));
  for (const file of files.map((name) => `${folder}/${name}`)) {
    const text = await readFile(file, "utf8");
    const restored = text.replace(BLOCK, "$1static $2 = $3;\n\n");
    if (restored !== text) await writeFile(file, restored);
  }
}
