import { build, type OutputFile } from "esbuild";
import { SourceMap, type SourceMapPayload } from "node:module";
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
    sources: new Set([...files, ...sourcesOf(code.text, JSON.parse(map.text))]),
  };
}

/** The sources that a map names for any place of a text. */
function sourcesOf(text: string, payload: SourceMapPayload): string[] {
  const map = new SourceMap(payload);
  const sources = new Set<string>();
  text.split("\n").forEach((line, number) => {
    for (let column = 0; column < line.length; ++column) {
      const entry = map.findEntry(number, column);
      if ("originalSource" in entry && entry.originalSource) sources.add(entry.originalSource);
    }
  });
  return [...sources];
}
