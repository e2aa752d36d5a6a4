import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import type { Project } from "./project.js";

export interface PageServer {
  readonly url: string;
  close(): void;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
  ".safetensors": "application/octet-stream",
};

/** Headers with which a page may share memory with its workers. */
const isolation = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };

/** Serves a project's files as they are, with an import map in its pages. */
export async function servePages(project: Project, { isolated }: { isolated: boolean }): Promise<PageServer> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url!, "http://localhost").pathname);
    readFile(join(project.folder, path)).then(
      (bytes) => {
        const type = types[extname(path)] ?? "application/octet-stream";
        response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store", ...(isolated && isolation) });
        response.end(type === "text/html" ? bytes.toString().replace('"imports": {}', imports(project)) : bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url, close };
}

/** What a package's entries are called, for browsers, which look into no package.json. */
function imports({ exports }: Project): string {
  const entries = Object.entries(exports).flatMap(([name, target]) => {
    const file = typeof target === "string" ? target : target["import"];
    return file?.endsWith(".js") ? [[join("tapehead", name), `/${join("node_modules/tapehead", file)}`]] : [];
  });
  return `"imports": ${JSON.stringify(Object.fromEntries(entries))}`;
}
