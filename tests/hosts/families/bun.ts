import { output } from "../command.js";
import type { Host } from "../host.js";
import { packagedProgram } from "../packages.js";
import { processHost } from "./process.js";

export const bun: Host = {
  name: "Bun",
  way: "import",
  sharesMemory: true,
  async open(project) {
    const file = packagedProgram(".bin/bun");
    const version = (await output(file, ["--version"])).trim();
    return processHost(file, project, { version, program: "import.mjs", words: ["run"] });
  },
};
