import { bundle } from "../bundle.js";
import { engineOptions, Missing, type Host } from "../host.js";
import { packaged } from "../packages.js";
import type { Proof } from "../proof.js";

interface MiniflarePackage {
  Miniflare: new (options: object) => {
    dispatchFetch(url: string, init: object): Promise<Response>;
    dispose(): Promise<void>;
  };
}

const handler = (options: object | null): string => `
export default {
  async fetch(request) {
    const checkpoint = new Uint8Array(await request.arrayBuffer());
    return Response.json(await prove(tapehead, checkpoint, ${JSON.stringify(options)} ?? undefined, systems));
  },
};`;

/** Cloudflare's workerd, through miniflare, bundled under the conditions that wrangler gives its bundler. */
export const workerd: Host = {
  name: "workerd",
  way: "workerd condition",
  sharesMemory: false,
  async open(project) {
    if (Number(process.versions.node.split(".")[0]) < 22) throw new Missing("miniflare needs Node 22 or later");
    const { Miniflare } = await packaged<MiniflarePackage>("miniflare");
    const { version } = (await packaged<{ default: { version: string } }>("workerd/package.json")).default;
    return {
      version,
      async prove(run) {
        const conditions = ["workerd", "worker", "browser"];
        const { code, binaries } = await bundle(project, run, handler(engineOptions(run)), {
          conditions,
          format: "esm",
        });
        const modules = [
          { type: "ESModule", path: "worker.js", contents: code },
          ...[...binaries].map(([path, contents]) => ({ type: "CompiledWasm", path, contents })),
        ];
        const miniflare = new Miniflare({ modules, compatibilityDate: "2026-01-01" });
        try {
          const init = { method: "POST", body: project.checkpoint };
          const response = await miniflare.dispatchFetch("http://localhost/", init);
          if (!response.ok) throw new Error(`the worker answered ${response.status}: ${await response.text()}`);
          return (await response.json()) as Proof;
        } finally {
          await miniflare.dispose();
        }
      },
      close: async () => undefined,
    };
  },
};
