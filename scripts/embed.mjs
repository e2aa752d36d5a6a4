/**
 * An esbuild plugin for what the library carries inside it.
 *
 *   NAME.wasm?embed    becomes text, as `{ alphabet, text }`; bindings/engine/embedded.ts has the way back
 *   NAME.wasm          stays an import, for hosts that compile modules when they are deployed, and so does
 *   NAME.wasm?module
 *   NAME.ts?script     becomes the text of a script, with all that it imports
 *
 * In the text the 89 commonest bytes take one character and the others two, all of them printable ASCII that needs no
 * escape in a string. Base64 hides repetitions from gzip, since a byte has four spellings; here it has one: gzipped,
 * the text is as small as the binary itself, and two thirds of base64.
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build } from "esbuild";

const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)).filter(
  (c) => !`"\\\`$`.includes(c),
);
const PREFIXES = 2;

export const embed = {
  name: "embed",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /\.wasm\?embed$/ }, ({ path, resolveDir }) => {
      return { path: resolve(resolveDir, path.replace("?embed", "")), namespace: "wasm" };
    });
    onResolve({ filter: /\?script$/ }, ({ path, resolveDir }) => {
      return { path: resolve(resolveDir, path.replace("?script", "")), namespace: "script" };
    });
    onLoad({ filter: /.*/, namespace: "script" }, async ({ path }) => {
      const options = { bundle: true, format: "iife", minify: true, target: "es2022", write: false };
      const { outputFiles } = await build({ ...options, entryPoints: [path] });
      return { contents: outputFiles[0].text, loader: "text" };
    });
    onLoad({ filter: /.*/, namespace: "wasm" }, async ({ path }) => {
      return { contents: JSON.stringify(spell(await readFile(path))), loader: "json" };
    });
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
