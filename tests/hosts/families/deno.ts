import { output } from "../command.js";
import type { Host } from "../host.js";
import { packagedProgram } from "../packages.js";
import { processHost } from "./process.js";

/** Deno, which may read the project's folder and nothing else. */
export const deno: Host = {
  name: "Deno",
  way: "import",
  sharesMemory: true,
  async open(project) {
    const file = packagedProgram(".bin/deno");
    const version = /^deno (\S+)/.exec(await output(file, ["--version"]))![1]!;
    return processHost(file, project, { version, program: "import.mjs", words: ["run", "--allow-read=."] });
  },
};
