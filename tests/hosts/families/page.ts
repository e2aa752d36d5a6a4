import { PATIENCE } from "../command.js";
import { engineOptions, type Host, type OpenHost } from "../host.js";
import { servePages } from "../pageServer.js";
import type { Project } from "../project.js";
import type { Proof } from "../proof.js";

export interface Browser {
  readonly version: string;
  /** What `globalThis.result` of a page resolves to. */
  resultOf(url: string): Promise<unknown>;
  close(): Promise<void>;
}

/** A browser that loads the packed modules with nothing in between. */
export function pageHost(name: string, launch: () => Promise<Browser>, { isolated }: { isolated: boolean }): Host {
  return {
    name,
    way: isolated ? "page, COOP/COEP" : "page",
    sharesMemory: isolated,
    async open(project: Project): Promise<OpenHost> {
      const browser = await launch();
      const server = await servePages(project, { isolated });
      return {
        version: browser.version,
        async prove(run) {
          const query = new URLSearchParams({ entry: run.entry, options: JSON.stringify(engineOptions(run)) });
          const result = await inTime(browser.resultOf(`${server.url}page.html?${query}`));
          const { proof, error } = result as { proof?: Proof; error?: string };
          if (!proof) throw new Error(error);
          return proof;
        },
        async close() {
          server.close();
          await browser.close();
        },
      };
    },
  };
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the page had no result after ${PATIENCE / 1000} s`)), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
