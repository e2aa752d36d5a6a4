import { build, type OutputFile } from "esbuild";
import type { SourceMapPayload } from "node:module";
import { gzipSync } from "node:zlib";

/** What a user's bundle came to. */
export interface Bundle {
  /** The minified code, and its source map. */
  readonly text: string;
  readonly map: string;
  readonly bytes: number;
  readonly gzipped: number;
  /** Our sources, and the files of the package without a source, of which something is in the bundle. */
  readonly sources: ReadonlySet<string>;
}

/** Bundles and minifies code that imports an installed package, as esbuild does by itself. */
export async function bundle(
  folder: string,
  contents: string,
  { conditions, external = [] }: { conditions?: string[] | undefined; external?: readonly string[] } = {},
): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: folder },
    absWorkingDir: folder,
    outfile: "bundle.js",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    sourcemap: "external",
    metafile: true,
    write: false,
    logLevel: "silent",
    external: ["*.wasm", "*.wasm?module", ...external],
    ...(conditions && { conditions }),
  });
  const [map, code] = outputFiles as [OutputFile, OutputFile];
  const { inputs } = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint !== undefined)!;
  const files = Object.keys(inputs).filter((file) => inputs[file]!.bytesInOutput > 0);
  return {
    text: code.text,
    map: map.text,
    bytes: code.contents.length,
    gzipped: gzipSync(code.contents).length,
    sources: new Set([...files, ...sourcesOf(JSON.parse(map.text))]),
  };
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * The sources that a map names for any place of a text. A segment is numbers in base 64, five bits a digit, the lowest
 * first; its second is the difference of its source to that of the segment before.
 */
function sourcesOf({ mappings, sources }: SourceMapPayload): string[] {
  const found = new Set<string>();
  let source = 0;
  for (const segment of mappings.split(/[;,]/)) {
    let [number, shift, field] = [0, 0, 0];
    for (const letter of segment) {
      const digit = DIGITS.indexOf(letter);
      number |= (digit & 31) << shift;
      shift += 5;
      if (digit & 32) continue;
      if (field++ === 1) break;
      [number, shift] = [0, 0];
    }
    if (field < 2) continue; // a place of no source
    source += number & 1 ? -(number >> 1) : number >> 1;
    found.add(sources[source]!);
  }
  return [...found];
}
