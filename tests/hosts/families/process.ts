import { output } from "../command.js";
import { engineOptions, type OpenHost } from "../host.js";
import type { Project } from "../project.js";
import type { Proof } from "../proof.js";

/** A host whose programs print what they found. `words` stand between its name and the program. */
export function processHost(
  file: string,
  { folder }: Project,
  { version, program, words = [] }: { version: string; program: string; words?: readonly string[] },
): OpenHost {
  return {
    version,
    async prove(run) {
      const args = [...words, program, run.entry, JSON.stringify(engineOptions(run))];
      return JSON.parse(await output(file, args, folder)) as Proof;
    },
    close: async () => undefined,
  };
}
