import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { files } from "./files.js";
import type { Build, Mutant } from "./mutant.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** What builds write. */
const built = ["build", "dist"];

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly seconds: number;
}

/** A copy of the tree, in which files may be changed and suites run. The tree itself is not touched. */
export class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), "tapehead-mutants-"));
  #running: ChildProcess | undefined;

  /** Takes what Git knows of or would add, and what has been built. */
  constructor() {
    const list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    const names = execFileSync("git", list, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 }).split("\0");
    for (const name of new Set(names)) {
      // A symbolic link to the packages of another tree is none of Git's, and no file either.
      if (!name || name === "node_modules" || !existsSync(join(root, name))) continue;
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      cpSync(join(root, name), join(this.folder, name));
    }
    this.#restoreBuilt();
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  /**
   * Makes the change, and builds what it changes. @throws Error unless the text is in the file once, and it builds.
   */
  async apply({ id, file, before, after, builds = defaultBuilds({ file }) }: Mutant): Promise<void> {
    const path = join(this.folder, files[file]);
    const parts = readFileSync(path, "utf8").split(before);
    if (parts.length !== 2) throw new Error(`${id}: its text is in ${files[file]} ${parts.length - 1} times, not once`);
    writeFileSync(path, parts.join(after));
    for (const build of builds) {
      const { code, output } = await this.#run(["scripts/build.mjs", "--only", build], 600);
      if (code !== 0) throw new Error(`${id} does not build:\n${output}`);
    }
  }

  /** Takes the change back. */
  restore({ file, builds = defaultBuilds({ file }) }: Mutant): void {
    cpSync(join(root, files[file]), join(this.folder, files[file]));
    if (builds.length) this.#restoreBuilt();
  }

  /** Runs a suite, for so many seconds at most; one that has not ended by then has no code. */
  suite(name: string, seconds: number): Promise<Ended> {
    return this.#run(["--import", "tsx", `tests/${name}.test.ts`], seconds);
  }

  /** Ends the suite or the build that runs, so that an interrupted run leaves neither it nor a folder behind. */
  remove(): void {
    this.#running?.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  #restoreBuilt(): void {
    for (const folder of built) {
      rmSync(join(this.folder, folder), { recursive: true, force: true });
      cpSync(join(root, folder), join(this.folder, folder), { recursive: true });
    }
  }

  #run(args: readonly string[], seconds: number): Promise<Ended> {
    return new Promise((resolve) => {
      const began = performance.now();
      const child = spawn(process.execPath, args, { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
      this.#running = child;
      const limit = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
      let output = "";
      child.stdout.on("data", (data) => (output += data));
      child.stderr.on("data", (data) => (output += data));
      child.on("close", (code) => {
        clearTimeout(limit);
        this.#running = undefined;
        resolve({ code, output, seconds: (performance.now() - began) / 1000 });
      });
    });
  }
}

const defaultBuilds = ({ file }: Pick<Mutant, "file">): readonly Build[] =>
  files[file].startsWith("assembly/") ? ["debug"] : [];
