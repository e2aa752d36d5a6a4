/** Where the hosts are that examples run in, and how they come to be there. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../hosts/", import.meta.url));

/** Resolves packages of tests/hosts. */
export const hostsRequire = createRequire(join(folder, "package.json"));

/** A program of a package in tests/hosts. */
export const program = (name) => join(folder, "node_modules/.bin", name);

export const node24 = join(folder, "node_modules/node24/bin/node");

/** Installs what is missing, where that can be done, and says so. */
export function installHosts() {
  if (!existsSync(join(folder, "node_modules"))) {
    console.log("installing tests/hosts …");
    execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder, stdio: "inherit" });
  }
  if (!chromium() && process.getuid?.() === 0 && found("apt-get")) {
    console.log("installing chromium …");
    const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"]]) {
      spawnSync("apt-get", ["-qq", ...args], { stdio: ["ignore", "ignore", "inherit"], env: environment });
    }
  }
}

/** The path of Chromium, or undefined. */
export const chromium = () => process.env.CHROMIUM ?? found("chromium") ?? found("chromium-browser");

function found(name) {
  return process.env.PATH.split(delimiter)
    .map((directory) => join(directory, name))
    .find(existsSync);
}
