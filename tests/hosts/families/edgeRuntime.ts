import { bundle } from "../bundle.js";
import { engineOptions, type Host } from "../host.js";
import { packaged } from "../packages.js";
import type { Project } from "../project.js";
import type { Proof } from "../proof.js";

interface EdgeRuntimePackage {
  EdgeRuntime: new (options: {
    codeGeneration: { strings: boolean; wasm: boolean };
    extend: (context: object) => object;
    initialCode: string;
  }) => { dispatchFetch(url: string, init: object): Promise<Response> };
}

const handler = (options: object | null): string => `
addEventListener("fetch", (event) => {
  const answer = async () => {
    const checkpoint = new Uint8Array(await event.request.arrayBuffer());
    return prove(tapehead, checkpoint, ${JSON.stringify(options)} ?? undefined, systems);
  };
  event.respondWith(
    answer().then(
      (proof) => new Response(JSON.stringify(proof)),
      (error) => new Response(String(error.stack), { status: 500 }),
    ),
  );
});`;

/** Where the platform puts a binary that it has compiled. */
const globalOf = (file: string): string => `wasm_${file.replace(/\W/g, "_")}`;

/** Vercel's edge runtime, under the conditions that its bundlers have. */
function edgeRuntime(
  way: string,
  conditions: readonly string[],
  codeGeneration: { strings: false; wasm: boolean },
): Host {
  return {
    name: "Vercel edge-runtime",
    way,
    sharesMemory: false,
    async open(project: Project) {
      const { EdgeRuntime } = await packaged<EdgeRuntimePackage>("edge-runtime");
      const about = await packaged<{ default: { version: string } }>("edge-runtime/package.json");
      return {
        version: about.default.version,
        async prove(run) {
          const moduleOf = (file: string): string => `export default globalThis.${globalOf(file)};`;
          const program = handler(engineOptions(run));
          const { code, binaries } = await bundle(project, run, program, { conditions, format: "iife", moduleOf });
          const compiled = [...binaries].map(
            ([file, bytes]) => [globalOf(file), new WebAssembly.Module(bytes)] as const,
          );
          const runtime = new EdgeRuntime({
            codeGeneration,
            extend: (context) => Object.assign(context, Object.fromEntries(compiled)),
            initialCode: code,
          });
          const response = await runtime.dispatchFetch("http://localhost/", {
            method: "POST",
            body: project.checkpoint,
          });
          const text = await response.text();
          if (!response.ok) throw new Error(text);
          return JSON.parse(text) as Proof;
        },
        close: async () => undefined,
      };
    },
  };
}

export const edgeRuntimes: readonly Host[] = [
  // As the platform does it: nothing is compiled there, and the binary arrives as a module.
  edgeRuntime("edge-light condition", ["edge-light", "worker", "browser"], { strings: false, wasm: false }),
  edgeRuntime("default entry", ["browser"], { strings: false, wasm: true }),
];
