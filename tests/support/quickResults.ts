import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reproduce } from "../../reproduce/reproduce.js";

/** Results of quick runs, a few steps each, in a folder of their own. */
export class QuickResults {
  readonly folder = mkdtempSync(join(tmpdir(), "tapehead-"));

  /** What a quick run says. */
  async make(
    names: readonly string[],
    options: { only?: string; again?: boolean; workers?: number } = {},
  ): Promise<string> {
    const lines: string[] = [];
    await reproduce(names, { ...options, quick: true, out: this.folder, report: (line) => lines.push(`${line}\n`) });
    return lines.join("");
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
