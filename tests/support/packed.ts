import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

/** A folder in which a user has installed the package from its tarball. */
export interface Installed {
  readonly folder: string;
  readonly tarball: string;
  /** What is in the tarball. */
  readonly files: readonly string[];
  /** Bytes of the tarball, and of what is in it. */
  readonly size: number;
  readonly unpackedSize: number;
  remove(): Promise<void>;
}

/** Packs what the build has made, and installs the tarball in a new folder. It needs no network: there is nothing else. */
export async function installPacked(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), "tapehead-"));
  const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const { stdout } = await run("npm", pack, { cwd: root });
  const [packed] = JSON.parse(stdout) as [Omit<Installed, "files"> & { filename: string; files: { path: string }[] }];
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const quiet = ["--offline", "--no-audit", "--no-fund", "--loglevel=error"];
  await run("npm", ["install", ...quiet, `./${packed.filename}`], { cwd: folder });
  return {
    folder,
    tarball: join(folder, packed.filename),
    files: packed.files.map(({ path }) => path),
    size: packed.size,
    unpackedSize: packed.unpackedSize,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
