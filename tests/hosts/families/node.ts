import { output } from "../command.js";
import { Missing, type Host } from "../host.js";
import { packagedProgram } from "../packages.js";
import { processHost } from "./process.js";

/** Of Node 20, the one that started the tests; the others come with them. */
export function nodeHosts(started: string): Host[] {
  return [20, 22, 24, 26].flatMap((major) =>
    Object.entries({ import: "import.mjs", require: "require.cjs" }).map(([way, program]) => ({
      name: `Node ${major}`,
      way,
      sharesMemory: true,
      async open(project) {
        const file = major === 20 ? started : packagedProgram(`node${major}/bin/node`);
        const version = (await output(file, ["--version"])).trim().slice(1);
        if (!version.startsWith(`${major}.`)) {
          throw new Missing(`${file} is Node ${version}; start the tests with Node ${major}`);
        }
        return processHost(file, project, { version, program });
      },
    })),
  );
}
