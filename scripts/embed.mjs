/**
 * An esbuild plugin for what the library carries inside it.
 *
 *   NAME.wasm?embed    becomes text in NAME.wasm.js beside the library, as `{ alphabet, text }`;
 *                      bindings/engine/embedded.ts has the way back
 *   NAME.wasm          stays an import, for hosts that compile modules when they are deployed, and so does
 *   NAME.wasm?module
 *   NAME.ts?script     becomes the text of a script, with all that it imports, in NAME.script.js beside the library
 *
 * In the text the 89 commonest bytes take one character and the others two, all of them printable ASCII that needs no
 * escape in a string. Base64 hides repetitions from gzip, since a byte has four spellings; here it has one: gzipped,
 * the text is as small as the binary itself, and two thirds of base64. It is a file of its own since inside another one
 * it would be in that one's source map once more.
 */
import { readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)).filter(
  (c) => !`"\\\`$`.includes(c),
);
const PREFIXES = 2;

export const embed = {
  name: "embed",
  setup({ initialOptions: { outdir }, onResolve }) {
    onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /\.wasm\?embed$/ }, async ({ path, resolveDir }) => {
      const file = path.replace("?embed", "");
      const name = `${basename(file)}.js`;
      const text = JSON.stringify(spell(await readFile(resolve(resolveDir, file))));
      await writeFile(
        join(outdir, name),
        `export default ${text};
`,
      );
      return { path: `./${name}`, external: true };
    });
    onResolve({ filter: /\?script$/ }, async ({ path, resolveDir }) => {
      const file = path.replace("?script", "");
      const name = `${basename(file, ".ts")}.script.js`;
      const options = { bundle: true, format: "iife", minify: true, target: "es2022", write: false };
      const { outputFiles } = await build({ ...options, entryPoints: [resolve(resolveDir, file)] });
      await writeFile(join(outdir, name), `export default ${JSON.stringify(outputFiles[0].text.trim())};\n`);
      return { path: `./${name}`, external: true };
    });
    // An entry that is only needed in some hosts stays an import of its own.
    onResolve({ filter: /^\.\/full\.js$/ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
  },
};

/** `alphabet` is the 256 bytes from the commonest to the rarest. */
function spell(bytes) {
  const count = new Array(256).fill(0);
  for (const byte of bytes) ++count[byte];
  const alphabet = [...count.keys()].sort((a, b) => count[b] - count[a] || a - b);
  const singles = PRINTABLE.length - PREFIXES;
  const spelling = [];
  alphabet.forEach((byte, rank) => {
    const rest = rank - singles;
    spelling[byte] =
      rest < 0
        ? PRINTABLE[PREFIXES + rank]
        : PRINTABLE[Math.floor(rest / PRINTABLE.length)] + PRINTABLE[rest % PRINTABLE.length];
  });
  return { alphabet, text: Array.from(bytes, (byte) => spelling[byte]).join("") };
}
